//! Tests of what is masked and what is kept; `values` tests what is filled in.

mod values;

use proptest::prelude::*;

use super::{mask, masked_words};

/// What stands before the bar is pasted, what stands after it is kept.
const MASKED: &[(&str, &str)] = &[
    ("Mot de passe : hunter2x\nContraseña=hunter2x;", "Mot de passe : [password 1]\nContraseña=[password 1];"),
    ("用户密码：hunter2x", "用户密码：[password 1]"),
    ("Ｐａｓｓｗｏｒｄ＝hunter2x", "Ｐａｓｓｗｏｒｄ＝[password 1]"),
    (
        "\u{1b}[1mPassword\u{1b}[0m=\u{1b}[31mhunter2x\u{1b}[0m",
        "\u{1b}[1mPassword\u{1b}[0m=\u{1b}[31m[password 1]\u{1b}[0m",
    ),
    ("**Password:** hunter2x and **Password**: hunter3x", "**Password:** [password 1] and **Password**: [password 2]"),
    ("password => 'hunter2x'; password := \"hunter3x\"", "password => '[password 1]'; password := \"[password 2]\""),
    ("Driver={ODBC};PWD={hunt;er}}2x};Server=s", "Driver={ODBC};PWD={[password 1]};Server=s"),
    ("Server=s;Password=a<b2c3d4;Encrypt=True", "Server=s;Password=[password 1];Encrypt=True"),
    ("sqlcmd -S s -U sa -P hunter2x -Q q", "sqlcmd -S s -U sa -P [password 1] -Q q"),
    (
        "az login --service-principal -u app -p hunter2x --tenant t",
        "az login --service-principal -u app -p [password 1] --tenant t",
    ),
    ("curl --user=jane:hunter2x https://h", "curl --user=jane:[password 1] https://h"),
    (
        "ConvertTo-SecureString -AsPlainText -Force -String 'hunter2x'",
        "ConvertTo-SecureString -AsPlainText -Force -String '[secret 1]'",
    ),
    ("ConvertTo-SecureString -String hunter2x -AsPlainText", "ConvertTo-SecureString -String [secret 1] -AsPlainText"),
    (
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAAA\n---- END SSH2 ENCRYPTED PRIVATE KEY ----",
        "[private key 1]",
    ),
    ("Private-Lines: 2\nAAAAgQC1x\nAAAAgQC2x\nPrivate-MAC: 1", "Private-Lines: 2\n[private key 1]Private-MAC: 1"),
    ("Authorization: Bearer\n  abcdefghij0123456789", "Authorization: Bearer\n  [token 1]"),
    ("https://a1b2c3d4e5f6g7h8i9j0@dev.azure.com/x", "https://[password 1]@dev.azure.com/x"),
    ("pwd=hunter2x; sign-in with hunter2x failed", "pwd=[password 1]; sign-in with [password 1] failed"),
    (
        "Server=s.database.windows.net;Database=sales;User ID=app;Password=Pa55;w0rd",
        "Server=s.database.windows.net;Database=sales;User ID=app;Password=[password 1];w0rd",
    ),
    ("Server=s;Password=hunter two x;Encrypt=True", "Server=s;Password=[password 1];Encrypt=True"),
    ("Server=s;Pwd='a;b''c';Encrypt=True", "Server=s;Pwd='[password 1]';Encrypt=True"),
    (
        "host:6380,password=ab/cd=,ssl=True,abortConnect=False",
        "host:6380,password=[password 1],ssl=True,abortConnect=False",
    ),
    (
        r#"{"userName":"app","password":"hunter\"2","server":"s"}"#,
        r#"{"userName":"app","password":"[password 1]","server":"s"}"#,
    ),
    (
        r#"{"m":"{\"password\":\"hunter2\",\"server\":\"s\"}"}"#,
        r#"{"m":"{\"password\":\"[password 1]\",\"server\":\"s\"}"}"#,
    ),
    (
        r#"{"m":"{\"n\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}"}"#,
        r#"{"m":"{\"n\":\"{\\\"password\\\":\\\"[password 1]\\\"}\"}"}"#,
    ),
    ("Server%3Ds%3BPassword%3Dhunter2%3BEncrypt%3DTrue", "Server%3Ds%3BPassword%3D[password 1]%3BEncrypt%3DTrue"),
    ("x%253Fpassword%253Dhunter2%2526y%253D1", "x%253Fpassword%253D[password 1]%2526y%253D1"),
    ("<a:password>hunter2</a:password><host>h</host>", "<a:password>[password 1]</a:password><host>h</host>"),
    (r#"<add key="SqlPassword" value="hunter2"/>"#, r#"<add key="SqlPassword" value="[password 1]"/>"#),
    (r#"{"type":"SecureString","value":"hunter2"}"#, r#"{"type":"SecureString","value":"[secret 1]"}"#),
    (r#"{"value":"hunter2","type":"SecureString"}"#, r#"{"value":"[secret 1]","type":"SecureString"}"#),
    (
        "az login --service-principal -u 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed --password hunter2 --tenant t",
        "az login --service-principal -u 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed --password [password 1] --tenant t",
    ),
    ("curl -u jane:hunter2 https://h/x", "curl -u jane:[password 1] https://h/x"),
    ("the password is hunter2, try it", "the password is [password 1], try it"),
    ("CREATE LOGIN x WITH PASSWORD = N'hunter2'", "CREATE LOGIN x WITH PASSWORD = N'[password 1]'"),
    (r#"ConvertTo-SecureString "hunter2" -AsPlainText"#, r#"ConvertTo-SecureString "[secret 1]" -AsPlainText"#),
    ("Password: hunter2\nServer: s", "Password: [password 1]\nServer: s"),
    ("password=“hunter2”", "password=“[password 1]”"),
    ("\"a\"\"password\"\":\"\"hunter2\"\",\"\"b\"\":1\"", "\"a\"\"password\"\":\"\"[password 1]\"\",\"\"b\"\":1\""),
    ("pwd=hunter2&x=1 pwd=hunter2 pwd=other1", "pwd=[password 1]&x=1 pwd=[password 1] pwd=[password 2]"),
    (
        "client_id=app&client_secret=abc-123&grant_type=client_credentials",
        "client_id=app&client_secret=[secret 1]&grant_type=client_credentials",
    ),
    ("Client secret: 9aB8Q~abcdefghijklmnopqrstuvwxyz0123456", "Client secret: [secret 1]"),
    ("value 9aB8Q~abcdefghijklmnopqrstuvwxyz0123456 of app", "value [secret 1] of app"),
    (
        "AccountName=acc;AccountKey=abc+/def==;EndpointSuffix=core.windows.net",
        "AccountName=acc;AccountKey=[key 1];EndpointSuffix=core.windows.net",
    ),
    (
        "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=abc1234=",
        "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=[key 1]",
    ),
    (
        "https://acc.blob.core.windows.net/c/f.csv?sv=2022-11-02&sp=r&sig=a%2Fb%3D&se=2026-11-21",
        "https://acc.blob.core.windows.net/c/f.csv?sv=2022-11-02&sp=r&sig=[signature 1]&se=2026-11-21",
    ),
    (
        "SharedAccessSignature sr=h&sig=abc%3d&se=1&skn=Root",
        "SharedAccessSignature sr=h&sig=[signature 1]&se=1&skn=Root",
    ),
    (
        "key is Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MDEyMzQ1Ng== now",
        "key is [key 1] now",
    ),
    ("x-functions-key: Ab1-x\nHost: h", "x-functions-key: [key 1]\nHost: h"),
    ("Ocp-Apim-Subscription-Key: 0123456789abcdef0123456789abcdef", "Ocp-Apim-Subscription-Key: [key 1]"),
    (
        "IR@1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed@factory@ServiceEndpoint=f.westeurope.datafactory.azure.net@Zm9v+/8= refused",
        "[key 1] refused",
    ),
    (
        "Authorization: Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlMTIz\nHost: h",
        "Authorization: Bearer [token 1]\nHost: h",
    ),
    (
        "got eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl\nMTIzNDU2Nzg5MA; x",
        "got [token 1]; x",
    ),
    (
        "curl -H \"Authorization: Basic amFuZTpodW50ZXIy\" https://h",
        "curl -H \"Authorization: Basic [token 1]\" https://h",
    ),
    ("Basic amFuZTpodW50ZXIy", "Basic [token 1]"),
    ("Cookie: a=b; ESTSAUTH=xyz\nHost: h", "Cookie: [cookie 1]\nHost: h"),
    ("git clone https://jane:hunter2@dev.azure.com/o", "git clone https://jane:[password 1]@dev.azure.com/o"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----\nafter", "[private key 1]\nafter"),
    (r#""-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n", "x""#, r#""[private key 1]\n", "x""#),
    ("ghp_abcdefghijklmnopqrst0123456789abcdef AKIAIOSFODNN7EXAMPL3", "[token 1] [key 1]"),
    (
        "https://x.webhook.office.com/webhookb2/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed@u/IncomingWebhook/0123456789abcdef0/z",
        "https://x.webhook.office.com/webhookb2/[webhook address 1]",
    ),
    (
        "User 'jane.doe@contoso.com' and user=Jane%40contoso.com",
        "User '[e-mail address 1]' and user=[e-mail address 2]",
    ),
    ("jane_contoso.com#EXT#@fabrikam.onmicrosoft.com.", "[e-mail address 1]."),
];

/// What support needs is kept as it is.
const KEPT: &[&str] = &[
    "no common algorithm: curve25519-sha256@libssh.org, chacha20-poly1305@openssh.com",
    "Was the restart before the password was changed? Yes",
    "docker run -u app -p 8080:80 image; ssh -p 2222 -u x h",
    "abfss://container2024longname1@account.dfs.core.windows.net/x and https://onelake@h.example",
    "Driver={ODBC Driver 18 for SQL Server};Server=s;PWD={your password};UID={0}",
    "The token is no Bearer\nof anything; password: 用户名或密码不正确",
    "ConvertTo-SecureString -String $secret -AsPlainText; if password == null",
    "",
    "Activity ID: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed\r\nCorrelation ID: 2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed\nTimestamp: 2026-11-21 10:00:00Z",
    "AADSTS7000222: The provided client secret keys for app '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' are expired. Trace ID: x",
    "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app 'a'.",
    "AADSTS50126: Error validating credentials due to invalid username or password.",
    "Invalid password: the account is locked",
    "Login failed for user 'app'. Reason: Password did not match that for the login provided.",
    "Newtonsoft.Json, Version=13.0.0.0, Culture=neutral, PublicKeyToken=30ad4fe6b2a6aeed: all tests pass: password or user",
    "Unexpected token: } in JSON at position 3",
    "Bearer authorization_uri=\"https://login.windows.net/t\", error=\"invalid_token\"",
    "The access token expired. Token: expired",
    "abfss://container@account.dfs.core.windows.net/path/file.parquet",
    "/subscriptions/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/resourceGroups/rg/providers/Microsoft.DataFactory/factories/adf-1",
    "\"@odata.type\": \"#Microsoft.x\", \"value@odata.type\": \"Edm.Int32\"",
    "password=*** pwd=<password> \"password\":null client_secret=${SECRET} \"secret\": {\"a\":1} Password=;",
    "at org.apache.spark.sql.execution.datasources.v2.DataSourceV2Strategy$$anonfun$1.apply(DataSourceV2Strategy.scala:42)",
    "vaultBaseUrl https://kv.vault.azure.net/secrets/sql-password/0123456789abcdef0123456789abcdef",
    "secretName: sql-password, \"secretVersion\": \"1\"",
    "Error code=404, code: 2403, statusCode=Forbidden",
    "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==",
    "mail at https://example.com/a@b/c and @pipeline().parameters.x and pkg@1.2.3",
    "Session ID: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed, Request ID 3",
    "ETag 0x8DB1234567890AB, x-ms-request-id: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
];

#[test]
fn secrets_are_masked_and_what_is_around_them_stays() {
    let mut wrong = Vec::new();
    for (pasted, kept) in MASKED {
        let masked = mask(pasted);
        if masked.text != *kept || masked.masked.is_empty() {
            wrong.push(format!("{pasted}\n  expected {kept}\n  got      {}", masked.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_secret_stays() {
    let mut wrong = Vec::new();
    for text in KEPT {
        let masked = mask(text);
        if masked.text != *text || !masked.masked.is_empty() {
            wrong.push(format!("{text}\n  got {}", masked.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Wraps a text as it comes out of logs, portals, URLs and mails.
fn wrapped(text: &str, wrapper: usize) -> String {
    let json = |text: &str| serde_json::to_string(text).expect("a string");
    let percent = |text: &str| {
        text.bytes().fold(String::new(), |out, byte| match byte {
            byte if byte.is_ascii_alphanumeric() => out + &char::from(byte).to_string(),
            byte => out + &format!("%{byte:02X}"),
        })
    };
    let html = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
    };
    match wrapper {
        0 => text.to_owned(),
        1 => format!("{{\"message\":{},\"id\":3}}", json(text)),
        2 => format!("{{\"error\":{}}}", json(&format!("{{\"message\":{},\"id\":3}}", json(text)))),
        3 => percent(text),
        4 => percent(&percent(text)),
        5 => html(text),
        6 => format!("It failed with ({text}) and more.\r\nat A.b()"),
        7 => format!("> quoted\n> {text}\n> end"),
        8 => format!("'{text}'"),
        _ => format!("“{text}”, he said"),
    }
}

/// The secret itself, and the text in which it stands.
fn pasted() -> impl Strategy<Value = (String, String)> {
    let password = "[A-Za-z0-9!#^*_+~.$-]{6,20}[A-Za-z][0-9]";
    let labelled = (0..LABELS.len(), password).prop_map(|(n, secret)| {
        let text = LABELS[n].replace('@', &secret);
        (secret, text)
    });
    let key = "[A-Za-z0-9+/]{40}aB3[A-Za-z0-9+/]{43}==".prop_map(|key| (key.clone(), key));
    let broken = ("[A-Za-z0-9+/]{20}aB3[A-Za-z0-9+/]{63}==", 30..70_usize).prop_map(|(key, at)| {
        let text = format!("AccountKey={}\n{};x=y", &key[..at], &key[at..]);
        (key, text)
    });
    let jwt = "eyJ[A-Za-z0-9_-]{30}1\\.eyJ[A-Za-z0-9_-]{40}\\.[A-Za-z0-9_-]{40}"
        .prop_map(|jwt| (jwt.clone(), format!("token is {jwt}")));
    let secret = "[A-Za-z0-9]{2}[A-Z][0-9]Q~[a-z]{3}[A-Za-z0-9_~.]{30}[a-z]"
        .prop_map(|secret| (secret.clone(), format!("with {secret} it")));
    let shir = "[0-9a-f]{8}@name@ServiceEndpoint=x\\.y@[A-Za-z0-9+/]{40}="
        .prop_map(|key| (key[8..].to_owned(), format!("IR@{key}")));
    let mail = "[a-z][a-z.]{3,12}[a-z]@[a-z]{4,12}\\.com".prop_map(|mail| (mail.clone(), format!("user {mail} has")));
    prop_oneof![4 => labelled, 1 => key, 1 => broken, 1 => jwt, 1 => secret, 1 => shir, 1 => mail]
}

/// `@` stands where the secret does.
const LABELS: &[&str] = &[
    "Server=s;Password=@;Encrypt=True",
    "Server=s;Pwd=@",
    "\"password\":\"@\"",
    "password: @",
    "client_secret=@&grant_type=x",
    "\"clientSecret\": \"@\",",
    "x --account-key @ --name n",
    "AccountKey=@;EndpointSuffix=e",
    "https://h/p?sv=1&sig=@&se=2",
    "x-functions-key: @",
    "<password>@</password>",
    "{\"name\":\"password\",\"value\":\"@\"}",
];

/// Pieces of which texts are made that are hard to read.
const PIECES: &[&str] = &[
    "password",
    "=",
    ":",
    " ",
    "\n",
    "\"",
    "\\\"",
    "'",
    "\\",
    "[password 1]",
    "[token 9999999]",
    "secret",
    "token",
    "Bearer ",
    "Basic ",
    "eyJ",
    "AKIA",
    "sig",
    "&",
    ";",
    ",",
    "<",
    ">",
    "/",
    "://",
    "@",
    ".",
    "com",
    "a",
    "0",
    "Zm9v",
    "==",
    "%3D",
    "%25",
    "&quot;",
    "\\n",
    "\\u0026",
    "“",
    "name",
    "value",
    "SecureString",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "--password",
    "is",
    "null",
    "~",
    "IR@",
    "Cookie",
    "aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3",
    "ž",
    "\u{200b}",
    "\r\n",
    "IncomingWebhook/",
    "-u ",
    "(",
    ")",
    "{",
    "}",
    "$",
    "*",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn no_secret_survives_in_any_wrapper((secret, text) in pasted(), wrapper in 0..10_usize) {
        const LONGEST_REST: usize = 8;
        let pasted = wrapped(&text, wrapper);
        let masked = mask(&pasted);
        let read: String = super::flat::flat(&masked.text).iter().map(|item| item.c).filter(|c| !c.is_whitespace()).collect();
        let secret: Vec<char> = secret.chars().collect();
        for rest in secret.windows(LONGEST_REST.min(secret.len())) {
            let rest: String = rest.iter().collect();
            prop_assert!(!read.contains(&rest), "{pasted}\n{}\n{rest}", masked.text);
        }
        prop_assert!(!masked.masked.is_empty());
    }

    #[test]
    fn a_masked_text_stays_as_it_is(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let once = mask(&pieces.concat());
        let twice = mask(&once.text);
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert!(twice.masked.is_empty());
    }

    #[test]
    fn any_text_can_be_masked(text in any::<String>()) {
        let once = mask(&text);
        prop_assert_eq!(mask(&once.text).text, once.text);
    }
}

#[test]
fn what_was_masked_is_counted_by_what_is_different() {
    let masked = mask("pwd=one1; pwd=one1; pwd=two2; a.b@c.de x@y.de; ghp_abcdefghijklmnopqrst0123456789");
    assert_eq!(masked_words(&masked.masked), "2 passwords, 2 e-mail addresses, 1 token");
    assert_eq!(mask(&format!("{} pwd=three3", masked.text)).text, format!("{} pwd=[password 3]", masked.text));
}

#[test]
fn a_large_hostile_text_takes_no_longer_than_its_length() {
    const SIZE: usize = 1_000_000;
    for piece in PIECES.iter().copied().chain([
        "password=,a",
        "eyJ-",
        "@a",
        "'\\'",
        "a.b@",
        "name=\"",
        "pwd=\"\n",
        "x y ",
        "-----BEGIN ",
        "token=",
        "pwd={",
        "pwd=*",
        "a=",
        "server:",
        "/a",
        "tenant 'a ",
        "code=a?",
    ]) {
        let _ = mask(&piece.repeat(SIZE / piece.len()));
    }
}
