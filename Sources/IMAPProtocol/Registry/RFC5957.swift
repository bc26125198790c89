extension Specification {
    /// RFC 5957, SORT=DISPLAY.
    static let sortDisplay = Specification(
        "RFC 5957",
        "SORT=DISPLAY",
        [
            .capability("SORT=DISPLAY", "sorting by displayed names")
        ]
    )
}
