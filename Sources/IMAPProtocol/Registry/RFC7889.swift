extension Specification {
    /// RFC 7889, APPENDLIMIT.
    static let appendLimit = Specification(
        "RFC 7889",
        "APPENDLIMIT",
        [
            .capability("APPENDLIMIT", "tells the largest message that can be uploaded"),
            .status("APPENDLIMIT", "largest upload"),
        ]
    )
}
