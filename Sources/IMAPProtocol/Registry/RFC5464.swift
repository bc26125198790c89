extension Specification {
    /// RFC 5464, METADATA.
    static let metadata = Specification(
        "RFC 5464",
        "METADATA",
        [
            RegistryRow(
                .command,
                "GETMETADATA",
                "reads annotations",
                shape:
                    #"GETMETADATA [SP "(" option *(SP option) ")"] SP mailbox SP (entry / "(" entry *(SP entry) ")")"#,
                section: "4.2",
                states: .loggedIn,
                remark: #"the mailbox "" is the server; examples of the RFC put the options behind the mailbox"#,
                related: ["SETMETADATA", "MAXSIZE", "DEPTH"]
            ),
            RegistryRow(
                .command,
                "SETMETADATA",
                "writes annotations",
                shape: #"SETMETADATA SP mailbox SP "(" entry SP value *(SP entry SP value) ")""#,
                section: "4.3",
                states: .loggedIn,
                remark: "NIL removes an annotation",
                related: ["GETMETADATA"]
            ),
            RegistryRow(
                .response,
                "METADATA",
                "annotations",
                shape:
                    #""*" SP METADATA SP mailbox SP ("(" entry SP value *(SP entry SP value) ")" / entry *(SP entry))"#,
                section: "4.4",
                related: ["GETMETADATA", "NOTIFY"]
            ),
            RegistryRow(
                .capability,
                "METADATA",
                "mailboxes and the server can be annotated",
                shape: "METADATA",
                section: "1",
                remark: "values may be literal8",
                related: ["METADATA-SERVER", "LIST-METADATA", "ANNOTATEMORE"],
                brings: ["GETMETADATA", "SETMETADATA", "METADATA"]
            ),
            RegistryRow(
                .capability,
                "METADATA-SERVER",
                "the server can be annotated",
                shape: "METADATA-SERVER",
                section: "1",
                related: ["METADATA"],
                brings: ["GETMETADATA", "SETMETADATA", "METADATA"]
            ),
            RegistryRow(
                .code,
                "METADATA",
                "an annotation limit was hit",
                shape: #""[" METADATA SP (LONGENTRIES SP number / MAXSIZE SP number / TOOMANY / NOPRIVATE) "]""#,
                section: "4.3",
                also: "RFC 5464 section 4.2.1",
                related: ["GETMETADATA", "SETMETADATA"]
            ),
            RegistryRow(
                .metadataOption,
                "MAXSIZE",
                "only values up to this many octets",
                shape: "MAXSIZE SP number",
                section: "4.2.1",
                related: ["GETMETADATA"]
            ),
            RegistryRow(
                .metadataOption,
                "DEPTH",
                "also the entries below: of one level, or all",
                shape: #"DEPTH SP ("0" / "1" / "infinity")"#,
                section: "4.2.2",
                related: ["GETMETADATA"]
            ),
            RegistryRow(
                .metadataEntry,
                "/shared/comment",
                "a comment that everybody sees",
                shape: "/shared/comment SP value",
                section: "6.2.1",
                related: ["/private/comment"]
            ),
            RegistryRow(
                .metadataEntry,
                "/private/comment",
                "a comment that only this user sees",
                shape: "/private/comment SP value",
                section: "6.3.2",
                related: ["/shared/comment"]
            ),
            RegistryRow(
                .metadataEntry,
                "/shared/admin",
                "how to reach the administrator of the server",
                shape: "/shared/admin SP value",
                section: "6.2.2",
                related: ["METADATA"]
            ),
            RegistryRow(
                .metadataEntry,
                "/private/vendor",
                "what a vendor keeps for this user",
                shape: "/private/vendor/ vendor-token",
                section: "3.2.1",
                related: ["METADATA"]
            ),
            RegistryRow(
                .metadataEntry,
                "/shared/vendor",
                "what a vendor keeps for everybody",
                shape: "/shared/vendor/ vendor-token",
                section: "3.2.1",
                related: ["METADATA"]
            ),
        ]
    )
}
