extension Specification {
    /// RFC 5957, SORT=DISPLAY.
    static let sortDisplay = Specification(
        "RFC 5957",
        "SORT=DISPLAY",
        [
            RegistryRow(
                .capability,
                "SORT=DISPLAY",
                "sorting by displayed names",
                shape: "SORT=DISPLAY",
                section: "4",
                related: ["SORT"]
            ),
            RegistryRow(
                .sortKey,
                "DISPLAYFROM",
                "the name shown for From",
                shape: "DISPLAYFROM",
                section: "4",
                related: ["FROM", "DISPLAYTO"]
            ),
            RegistryRow(
                .sortKey,
                "DISPLAYTO",
                "the name shown for To",
                shape: "DISPLAYTO",
                section: "4",
                related: ["TO", "DISPLAYFROM"]
            ),
        ]
    )
}
