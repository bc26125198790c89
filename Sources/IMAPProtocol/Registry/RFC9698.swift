extension Specification {
    /// RFC 9698, JMAPACCESS.
    static let jmapAccess = Specification(
        "RFC 9698",
        "JMAPACCESS",
        [
            RegistryRow(
                .command,
                "GETJMAPACCESS",
                "asks where the same mail is offered by JMAP",
                shape: "GETJMAPACCESS",
                section: "4",
                states: .loggedIn,
                related: ["JMAPACCESS"]
            ),
            RegistryRow(
                .response,
                "JMAPACCESS",
                "where the same mail is offered by JMAP",
                shape: #""*" SP JMAPACCESS SP quoted"#,
                section: "4",
                related: ["GETJMAPACCESS"]
            ),
            RegistryRow(
                .capability,
                "JMAPACCESS",
                "the same mail is offered by JMAP",
                shape: "JMAPACCESS",
                section: "3",
                remark: "a client that uses JMAP goes past the proxy",
                related: ["OBJECTID"]
            ),
        ]
    )
}
