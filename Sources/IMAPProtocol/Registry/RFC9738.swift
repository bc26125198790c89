extension Specification {
    /// RFC 9738, MESSAGELIMIT.
    static let messageLimit = Specification(
        "RFC 9738",
        "MESSAGELIMIT",
        [
            RegistryRow(
                .capability,
                "MESSAGELIMIT",
                "one command handles this many messages at most",
                shape: "MESSAGELIMIT= nz-number",
                section: "3",
                related: ["SAVELIMIT", "PARTIAL"],
                brings: ["MESSAGELIMIT", "UIDAFTER", "UIDBEFORE"]
            ),
            RegistryRow(
                .capability,
                "SAVELIMIT",
                "a saved search result holds this many messages at most",
                shape: "SAVELIMIT= nz-number",
                section: "3",
                related: ["MESSAGELIMIT", "SEARCHRES"],
                brings: ["MESSAGELIMIT"]
            ),
            RegistryRow(
                .code,
                "MESSAGELIMIT",
                "only part of the messages was handled",
                shape: #""[" MESSAGELIMIT SP nz-number [SP uniqueid] "]""#,
                section: "3.1",
                remark: "the UID is the lowest one that was handled: go on below it",
                related: ["FETCH", "LIMIT"]
            ),
            RegistryRow(
                .searchKey,
                "UIDAFTER",
                "with UIDs above a number",
                shape: "UIDAFTER SP uniqueid",
                section: "3.2",
                related: ["UIDBEFORE", "UID"]
            ),
            RegistryRow(
                .searchKey,
                "UIDBEFORE",
                "with UIDs below a number",
                shape: "UIDBEFORE SP uniqueid",
                section: "3.2",
                related: ["UIDAFTER", "UID"]
            ),
        ]
    )
}
