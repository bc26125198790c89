extension Specification {
    /// RFC 9586, UIDONLY.
    static let uidOnly = Specification(
        "RFC 9586",
        "UIDONLY",
        [
            RegistryRow(
                .response,
                "UIDFETCH",
                "message data or changed flags, by UID",
                shape: #""*" SP uniqueid SP UIDFETCH SP "(" msg-att *(SP msg-att) ")""#,
                section: "3.3",
                related: ["FETCH"]
            ),
            RegistryRow(
                .capability,
                "UIDONLY",
                "message numbers can be given up",
                shape: "UIDONLY",
                section: "3",
                related: ["ENABLE", "UIDBATCHES"],
                brings: ["UIDFETCH", "UIDREQUIRED", "VANISHED", "UIDONLY"]
            ),
            RegistryRow(
                .enableName,
                "UIDONLY",
                "no message numbers any more: UIDFETCH and VANISHED",
                shape: "UIDONLY",
                section: "3.1",
                related: ["UIDFETCH", "VANISHED", "UIDREQUIRED"]
            ),
            RegistryRow(
                .code,
                "UIDREQUIRED",
                "message numbers are forbidden, only UIDs are allowed",
                shape: #""[" UIDREQUIRED "]""#,
                section: "3",
                related: ["UID"]
            ),
        ]
    )
}
