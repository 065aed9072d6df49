//! `projects settings`: the features of Atlas that a project uses.

use mongodbatlas::operation;

use crate::engine::definition::{Command, Example, Input, Literal, Noun, body, column, flag};

/// The command group `projects settings`.
pub(crate) static NOUN: Noun = Noun::new("settings", "Manage the settings of a project")
    .aliases(&["setting"])
    .commands(&[&DESCRIBE, &UPDATE]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_SETTINGS,
    "Show the settings of a project",
)
.columns(&[
    column(
        "DATABASE STATISTICS",
        "isCollectDatabaseSpecificsStatisticsEnabled",
    ),
    column("DATA EXPLORER", "isDataExplorerEnabled"),
    column("GEN AI", "isDataExplorerGenAIFeaturesEnabled"),
    column(
        "GEN AI SAMPLES",
        "isDataExplorerGenAISampleDocumentPassingEnabled",
    ),
    column("PERFORMANCE ADVISOR", "isPerformanceAdvisorEnabled"),
    column("REALTIME PANEL", "isRealtimePerformancePanelEnabled"),
    column("SCHEMA ADVISOR", "isSchemaAdvisorEnabled"),
])
.plain(&[
    column(
        "COLLECT DATABASE SPECIFICS STATISTICS ENABLED",
        "isCollectDatabaseSpecificsStatisticsEnabled",
    ),
    column("DATA EXPLORER ENABLED", "isDataExplorerEnabled"),
    column(
        "DATA EXPLORER GEN AI FEATURES ENABLED",
        "isDataExplorerGenAIFeaturesEnabled",
    ),
    column(
        "DATA EXPLORER GEN AI SAMPLE DOCUMENT PASSING ENABLED",
        "isDataExplorerGenAISampleDocumentPassingEnabled",
    ),
    column("PERFORMANCE ADVISOR ENABLED", "isPerformanceAdvisorEnabled"),
    column(
        "REALTIME PERFORMANCE PANEL ENABLED",
        "isRealtimePerformancePanelEnabled",
    ),
    column("SCHEMA ADVISOR ENABLED", "isSchemaAdvisorEnabled"),
])
.examples(&[Example {
    line: "projects settings describe --project Storefront",
    task: "Show the settings of a project",
}]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_SETTINGS,
    "Enable and disable features of a project",
)
.aliases(&["updates"])
.flags(&[
    enable_flag(
        "enable-collect-database-specifics-statistics",
        "/isCollectDatabaseSpecificsStatisticsEnabled",
        "Collect statistics of each database",
    ),
    disable_flag(
        "disable-collect-database-specifics-statistics",
        "/isCollectDatabaseSpecificsStatisticsEnabled",
        "Do not collect statistics of each database",
        "enable-collect-database-specifics-statistics",
    ),
    enable_flag(
        "enable-data-explorer",
        "/isDataExplorerEnabled",
        "Enable the Data Explorer",
    ),
    disable_flag(
        "disable-data-explorer",
        "/isDataExplorerEnabled",
        "Disable the Data Explorer",
        "enable-data-explorer",
    ),
    enable_flag(
        "enable-data-explorer-gen-ai-features",
        "/isDataExplorerGenAIFeaturesEnabled",
        "Enable queries in natural language in the Data Explorer",
    ),
    disable_flag(
        "disable-data-explorer-gen-ai-features",
        "/isDataExplorerGenAIFeaturesEnabled",
        "Disable queries in natural language in the Data Explorer",
        "enable-data-explorer-gen-ai-features",
    ),
    enable_flag(
        "enable-data-explorer-gen-ai-sample-document-passing",
        "/isDataExplorerGenAISampleDocumentPassingEnabled",
        "Let the AI features of the Data Explorer read sample documents",
    ),
    disable_flag(
        "disable-data-explorer-gen-ai-sample-document-passing",
        "/isDataExplorerGenAISampleDocumentPassingEnabled",
        "Keep sample documents from the AI features of the Data Explorer",
        "enable-data-explorer-gen-ai-sample-document-passing",
    ),
    enable_flag(
        "enable-performance-advisor",
        "/isPerformanceAdvisorEnabled",
        "Enable the Performance Advisor and the query profiler",
    ),
    disable_flag(
        "disable-performance-advisor",
        "/isPerformanceAdvisorEnabled",
        "Disable the Performance Advisor and the query profiler",
        "enable-performance-advisor",
    ),
    enable_flag(
        "enable-realtime-performance-panel",
        "/isRealtimePerformancePanelEnabled",
        "Enable the real-time performance panel",
    ),
    disable_flag(
        "disable-realtime-performance-panel",
        "/isRealtimePerformancePanelEnabled",
        "Disable the real-time performance panel",
        "enable-realtime-performance-panel",
    ),
    enable_flag(
        "enable-schema-advisor",
        "/isSchemaAdvisorEnabled",
        "Enable the Schema Advisor",
    ),
    disable_flag(
        "disable-schema-advisor",
        "/isSchemaAdvisorEnabled",
        "Disable the Schema Advisor",
        "enable-schema-advisor",
    ),
])
.result("Project settings updated.")
.examples(&[Example {
    line: "projects settings update --disable-data-explorer --enable-schema-advisor --project Storefront",
    task: "Disable one feature and enable another",
}]);

/// Creates a flag that sets a field to `true`.
const fn enable_flag(name: &'static str, pointer: &'static str, help: &'static str) -> Input {
    flag(name, body(pointer), help).switch()
}

/// Creates a flag that sets a field to `false`, and excludes its counterpart.
const fn disable_flag(
    name: &'static str,
    pointer: &'static str,
    help: &'static str,
    counterpart: &'static str,
) -> Input {
    flag(name, body(pointer), help)
        .sends(Literal::Bool(false))
        .excludes(counterpart)
}
