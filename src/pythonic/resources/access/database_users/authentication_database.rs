//! Authentication databases of database users.

use crate::pythonic::resources::values::value;

value! {
    /// The authentication database of a database user: `$external` for certificates, cloud roles
    /// and LDAP.
    pub enum AuthenticationDatabase {
        Admin = "admin",
        External = "$external",
    }
}
