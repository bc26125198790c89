extension Specification {
    /// RFC 7889, APPENDLIMIT.
    static let appendLimit = Specification(
        "RFC 7889",
        "APPENDLIMIT",
        [
            RegistryRow(
                .capability,
                "APPENDLIMIT",
                "tells the largest message that can be uploaded",
                shape: #"APPENDLIMIT ["=" number]"#,
                section: "2",
                remark: "without a number each mailbox has its own limit",
                related: ["APPEND", "TOOBIG"]
            ),
            RegistryRow(
                .statusItem,
                "APPENDLIMIT",
                "largest upload",
                shape: "APPENDLIMIT SP (number / NIL)",
                section: "3",
                related: ["APPEND", "TOOBIG"]
            ),
        ]
    )
}
