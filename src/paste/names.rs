//! Names: under which words a value stands in a pasted text, and which placeholder of a command asks for it.

use super::span::is_guid_text;

/// Says what a value must look like to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A GUID.
    Guid,
    /// A GUID or a domain.
    Tenant,
    /// A word as resources are named, or a host.
    Name,
    /// An address with its scheme, or a GUID.
    Url,
    /// A path, a resource id among them.
    Path,
}

/// Holds a value that commands ask for.
pub(super) struct Known {
    /// What commands call it, and what products do; in lower-case letters and digits.
    names: &'static [&'static str],
    pub(super) shape: Shape,
}

const fn known(names: &'static [&'static str], shape: Shape) -> Known {
    Known { names, shape }
}

/// All that is known by name. What has the name of another and another shape is not that: `workspace` is an id or a name.
const KNOWN: &[Known] = &[
    known(
        &["tenantid", "tenant", "tenantnamed", "directoryid", "directory", "aadtenantid", "azuretenantid"],
        Shape::Tenant,
    ),
    known(
        &[
            "applicationid",
            "appid",
            "clientid",
            "application",
            "app",
            "applicationwithidentifier",
            "serviceprincipalid",
            "azureclientid",
            "client",
        ],
        Shape::Guid,
    ),
    known(&["objectid", "oid", "principalid", "principalobjectid"], Shape::Guid),
    known(&["workspaceid", "groupid", "workspace", "groups", "group", "workspaceobjectid"], Shape::Guid),
    known(&["workspacename", "workspace"], Shape::Name),
    known(&["reportid", "report", "reports"], Shape::Guid),
    known(&["datasetid", "dataset", "datasets", "semanticmodelid", "semanticmodel", "modelid"], Shape::Guid),
    known(&["dashboardid", "dashboard", "dashboards"], Shape::Guid),
    known(&["dataflowid", "dataflow", "dataflows"], Shape::Guid),
    known(&["lakehouseid", "lakehouse", "lakehouses"], Shape::Guid),
    known(&["warehouseid", "warehouse", "warehouses"], Shape::Guid),
    known(&["notebookid", "notebook", "notebooks"], Shape::Guid),
    known(&["itemid", "item", "items", "artifactid", "artifact"], Shape::Guid),
    known(&["capacityid", "capacity", "capacities", "capacityobjectid"], Shape::Guid),
    known(&["gatewayid", "gateway", "gateways", "gatewayclusterid", "gatewayobjectid"], Shape::Guid),
    known(&["connectionid", "connection", "connections"], Shape::Guid),
    known(&["activityid", "activity"], Shape::Guid),
    known(&["rootactivityid"], Shape::Guid),
    known(&["activityrunid"], Shape::Guid),
    known(&["runid", "pipelinerunid", "pipelineruns"], Shape::Guid),
    known(&["correlationid", "correlation"], Shape::Guid),
    known(&["requestid"], Shape::Guid),
    known(&["traceid"], Shape::Guid),
    known(&["subscriptionid", "subscription", "subscriptions"], Shape::Guid),
    known(&["resourcegroup", "resourcegroupname", "resourcegroups"], Shape::Name),
    known(&["resourceurl", "resource", "resourceprincipalnamed", "audience"], Shape::Url),
    known(&["resourceid", "scope"], Shape::Path),
    known(&["workspaceresourceid"], Shape::Path),
    known(&["vaultresourceid"], Shape::Path),
    known(&["factoryresourceid"], Shape::Path),
    known(&["accountresourceid", "storageaccountresourceid"], Shape::Path),
    known(&["server", "servername", "datasource", "sqlserver", "sqlservername"], Shape::Name),
    known(&["database", "databasename", "initialcatalog", "db", "dbname", "databases"], Shape::Name),
    known(&["account", "accountname", "storageaccount", "storageaccountname", "storageaccounts"], Shape::Name),
    known(&["container", "containername", "filesystem", "filesystemname", "containers"], Shape::Name),
    known(&["path", "filepath", "folderpath"], Shape::Path),
    known(&["vault", "vaultname", "keyvault", "keyvaultname", "vaults"], Shape::Name),
    known(&["secretname", "secret", "secrets"], Shape::Name),
    known(&["factory", "factoryname", "datafactory", "datafactoryname", "factories"], Shape::Name),
    known(&["pipeline", "pipelinename", "pipelines"], Shape::Name),
    known(&["activityname", "activity", "target"], Shape::Name),
    known(&["linkedservice", "linkedservicename", "linkedservices"], Shape::Name),
    known(&["integrationruntime", "integrationruntimename", "integrationruntimes", "irname"], Shape::Name),
    known(&["cluster", "clustername"], Shape::Name),
    known(&["clusterid"], Shape::Name),
    known(&["host", "hostname"], Shape::Name),
    known(&["user", "username", "userid", "uid"], Shape::Name),
    known(&["region", "location"], Shape::Name),
];

/// Placeholders for what is never taken from a pasted text.
const NEVER: &[&str] =
    &["token", "password", "key", "value", "name", "id", "date", "command", "file", "url", "webhookurl"];

/// Returns the first name of all that a name can mean, each with the shape a value must have.
pub(super) fn meanings(name: &str) -> impl Iterator<Item = (&'static str, Shape)> {
    KNOWN
        .iter()
        .filter(move |known| known.names.contains(&name))
        .filter_map(|known| Some((*known.names.first()?, known.shape)))
}

/// Tells whether a placeholder that no list knows can stand for what has the same name in the text.
pub(super) fn is_telling(name: &str) -> bool {
    const SHORTEST: usize = 6;
    name.len() >= SHORTEST && !NEVER.contains(&name) && meanings(name).next().is_none()
}

/// Returns a value as a command can hold it, if it has the shape and no shell can take it for more than a word.
pub(super) fn fitting(value: &str, shape: Shape) -> Option<String> {
    const LONGEST: usize = 300;
    let value = match shape {
        Shape::Name => value.strip_prefix("tcp:").unwrap_or(value).split(',').next().unwrap_or_default(),
        Shape::Guid | Shape::Tenant | Shape::Url | Shape::Path => value,
    };
    let value = value.trim_end_matches('.');
    let is_word = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let has = |also: &str| value.chars().all(|c| is_word(c) || also.contains(c));
    let is_fit = match shape {
        Shape::Guid => is_guid_text(value),
        Shape::Tenant => is_guid_text(value) || (value.contains('.') && has("")),
        Shape::Name => has(""),
        Shape::Url => (value.starts_with("https://") && has(":/")) || is_guid_text(value),
        Shape::Path => has("/"),
    };
    let begins = value.starts_with(|c: char| c.is_ascii_alphanumeric() || (c == '/' && shape == Shape::Path));
    let is_safe = begins && !value.contains("..") && value.len() <= LONGEST;
    (is_fit && is_safe).then(|| value.to_owned())
}
