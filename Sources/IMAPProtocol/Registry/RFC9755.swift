extension Specification {
    /// RFC 9755, UTF8=ACCEPT.
    static let utf8 = Specification(
        "RFC 9755",
        "UTF8=ACCEPT",
        [
            RegistryRow(
                .capability,
                "UTF8=ACCEPT",
                "UTF-8 in names and headers once enabled",
                shape: "UTF8=ACCEPT",
                section: "3",
                remark: "once enabled, names and quoted strings are UTF-8 and SEARCH takes no CHARSET",
                related: ["UTF8=ONLY", "ENABLE"],
                brings: ["UTF8=ACCEPT"]
            ),
            RegistryRow(
                .capability,
                "UTF8=ONLY",
                "UTF-8 in names and headers is required",
                shape: "UTF8=ONLY",
                section: "6",
                related: ["UTF8=ACCEPT"],
                brings: ["UTF8=ACCEPT"]
            ),
            RegistryRow(
                .enableName,
                "UTF8=ACCEPT",
                "UTF-8 in mailbox names and quoted strings",
                shape: "UTF8=ACCEPT",
                section: "3",
                related: ["ENABLE"]
            ),
        ]
    )
}
