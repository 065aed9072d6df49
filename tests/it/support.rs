//! A simulator with a client, for one test.

pub(crate) mod clock;
pub(crate) mod raw_server;

use atlas_simulator::{Clock, Options, Seed, Simulator};
use mongodbatlas::{
    Atlas, Builder, Cluster, ClusterState, OrganizationHandle, OrganizationId, ProjectHandle,
    ProjectId, blocking,
};
use tokio::net::{TcpListener, TcpSocket};

/// A bound port without a listener: connections are refused.
pub(crate) struct Reserved {
    socket: TcpSocket,
    pub(crate) url: String,
}

impl Reserved {
    pub(crate) fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        Self { socket, url }
    }

    /// Returns a builder for clients of this port.
    pub(crate) fn builder(&self) -> Builder {
        builder_with(&[
            ("ATLAS_PUBLIC_KEY", "zmmrboas"),
            ("ATLAS_PRIVATE_KEY", "1111-2222"),
            ("ATLAS_BASE_URL", &self.url),
        ])
    }

    pub(crate) fn listen(self) -> TcpListener {
        self.socket.listen(8).unwrap()
    }
}

/// A simulator with a frozen clock, and a client of it.
pub(crate) struct Local {
    pub(crate) simulator: Simulator,
    pub(crate) atlas: Atlas,
}

impl Local {
    /// Starts a simulator with the demo organization.
    pub(crate) fn demo() -> Self {
        Self::with(Options::new().with_clock(Clock::frozen()))
    }

    /// Starts a simulator with one organization of this size.
    pub(crate) fn sized(projects: usize, clusters: usize) -> Self {
        let seed = Seed::sized(projects, clusters);
        Self::with(Options::new().with_seed(seed).with_clock(Clock::frozen()))
    }

    pub(crate) fn with(options: Options) -> Self {
        let simulator = Simulator::start_blocking(options).expect("a free port");
        let atlas = builder(&simulator).build().expect("valid settings");
        Self { simulator, atlas }
    }

    /// Returns a blocking client of the simulator.
    pub(crate) fn blocking(&self) -> blocking::Atlas {
        builder(&self.simulator)
            .build_blocking()
            .expect("valid settings")
    }

    /// Returns the first cluster in this state.
    pub(crate) async fn cluster_in_state(&self, state: &ClusterState) -> Cluster {
        let mut projects = self.atlas.projects();
        while let Some(project) = projects.try_next().await.unwrap() {
            let mut clusters = project.clusters();
            while let Some(cluster) = clusters.try_next().await.unwrap() {
                if cluster.state() == *state {
                    return cluster;
                }
            }
        }
        panic!("no cluster is {state}");
    }

    /// Returns the handle of the organization.
    pub(crate) fn organization(&self) -> OrganizationHandle {
        self.atlas.organization(&self.organization_id())
    }

    /// Returns the handle of the first project.
    pub(crate) fn project(&self) -> ProjectHandle {
        self.atlas.project(&self.first_project())
    }

    /// Returns the id of the organization.
    pub(crate) fn organization_id(&self) -> OrganizationId {
        self.simulator.organization_id().parse().expect("an id")
    }

    /// Returns the id of the first project.
    pub(crate) fn first_project(&self) -> ProjectId {
        self.simulator.projects()[0].0.parse().expect("an id")
    }

    /// Returns method, path and query of each successful request.
    pub(crate) fn successes(&self) -> Vec<String> {
        let requests = self.simulator.requests();
        let successes = requests
            .iter()
            .filter(|request| request.status.is_some_and(|status| status < 400));
        successes
            .map(|request| format!("{} {}", request.method, request.path_and_query))
            .collect()
    }
}

/// Returns a builder with the environment of the simulator only.
pub(crate) fn builder(simulator: &Simulator) -> Builder {
    let variables = simulator.environment();
    Atlas::builder().with_environment(move |name| {
        let variable = variables.iter().find(|(known, _)| *known == name);
        variable.map(|(_, value)| value.clone())
    })
}

/// Returns a builder with these environment variables only.
pub(crate) fn builder_with(variables: &[(&str, &str)]) -> Builder {
    let owned: Vec<(String, String)> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Atlas::builder().with_environment(move |name| {
        owned
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    })
}
