extension Specification {
    /// RFC 2971, ID.
    static let identification = Specification(
        "RFC 2971",
        "ID",
        [
            RegistryRow(
                .command,
                "ID",
                "says what software the client is",
                shape: #"ID SP (NIL / "(" [string SP nstring *(SP string SP nstring)] ")")"#,
                section: "3.1",
                states: .any,
                remark: "at most 30 pairs; names up to 30 octets, values up to 1024",
                related: ["CAPABILITY"]
            ),
            RegistryRow(
                .response,
                "ID",
                "the server says what software it is",
                shape: #""*" SP ID SP (NIL / "(" string SP nstring *(SP string SP nstring) ")")"#,
                section: "3.2",
                related: ["CAPABILITY"]
            ),
            RegistryRow(
                .capability,
                "ID",
                "client and server can name their software",
                shape: "ID",
                section: "3",
                related: ["CAPABILITY"]
            ),
            RegistryRow(
                .idField,
                "name",
                "name of the program",
                shape: #""name" SP nstring"#,
                section: "3.3",
                related: ["ID", "version"]
            ),
            RegistryRow(
                .idField,
                "version",
                "version of the program",
                shape: #""version" SP nstring"#,
                section: "3.3",
                related: ["ID", "name"]
            ),
            RegistryRow(
                .idField,
                "os",
                "operating system",
                shape: #""os" SP nstring"#,
                section: "3.3",
                related: ["ID", "os-version"]
            ),
            RegistryRow(
                .idField,
                "os-version",
                "version of the operating system",
                shape: #""os-version" SP nstring"#,
                section: "3.3",
                related: ["ID", "os"]
            ),
            RegistryRow(
                .idField,
                "vendor",
                "who made the program",
                shape: #""vendor" SP nstring"#,
                section: "3.3",
                related: ["ID", "support-url"]
            ),
            RegistryRow(
                .idField,
                "support-url",
                "where to ask for help",
                shape: #""support-url" SP nstring"#,
                section: "3.3",
                related: ["ID", "vendor"]
            ),
            RegistryRow(
                .idField,
                "address",
                "postal address of the vendor",
                shape: #""address" SP nstring"#,
                section: "3.3",
                related: ["ID", "vendor"]
            ),
            RegistryRow(
                .idField,
                "date",
                "release date of the program",
                shape: #""date" SP nstring"#,
                section: "3.3",
                related: ["ID", "version"]
            ),
            RegistryRow(
                .idField,
                "command",
                "command line of the program",
                shape: #""command" SP nstring"#,
                section: "3.3",
                related: ["ID", "arguments"]
            ),
            RegistryRow(
                .idField,
                "arguments",
                "arguments of the program",
                shape: #""arguments" SP nstring"#,
                section: "3.3",
                related: ["ID", "command"]
            ),
            RegistryRow(
                .idField,
                "environment",
                "environment of the program",
                shape: #""environment" SP nstring"#,
                section: "3.3",
                related: ["ID"]
            ),
        ]
    )
}
