//! Base URL, default organization and default project of the sources.

use super::*;

#[test]
fn official_base_url_applies_to_official_variables() {
    let base_url = |source: usize, variable: (&'static str, &'static str)| {
        let mut variables = SOURCES_IN_ORDER[source].0.to_vec();
        variables.push(variable);
        base_url_of(resolve(None, &variables))
    };
    let gov = Some("https://cloud.mongodbgov.com".to_owned());
    let local = Some("http://localhost:1".to_owned());

    assert_eq!(base_url(1, ("MONGODB_ATLAS_SERVICE", "cloudgov")), gov);
    assert_eq!(base_url(5, ("MCLI_SERVICE", "cloudgov")), gov);
    for name in [
        "MONGODB_ATLAS_OPS_MANAGER_URL",
        "MONGODB_ATLAS_BASE_URL",
        "MCLI_OPS_MANAGER_URL",
    ] {
        for source in 1..SOURCES_IN_ORDER.len() {
            assert_eq!(
                base_url(source, (name, "http://localhost:1/")),
                local,
                "{name}"
            );
        }
    }
    assert_eq!(base_url(0, ("MONGODB_ATLAS_SERVICE", "cloudgov")), None);
}

#[test]
fn variables_set_the_default_organization_and_project() {
    let mut variables = SOURCES_IN_ORDER[0].0.to_vec();
    variables.extend([
        ("MCLI_ORG_ID", "org-2"),
        ("MCLI_PROJECT_ID", "project-2"),
        ("MONGODB_ATLAS_PROJECT_ID", "project-1"),
    ]);

    let defaults = resolve(None, &variables).unwrap().defaults;

    assert_eq!(defaults.organization_id.as_deref(), Some("org-2"));
    assert_eq!(defaults.project_id.as_deref(), Some("project-1"));
}
