/// How much a transcript shows.
public enum TextDetail: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// One line per session.
    case sessions = 0
    /// One line per exchange.
    case exchanges = 1
    /// Each message with its note, runs of like responses folded.
    case messages = 2
    /// Nothing folded, previews of literals.
    case previews = 3
    /// Everything, literals whole.
    case everything = 4

    public static func < (left: TextDetail, right: TextDetail) -> Bool { left.rawValue < right.rawValue }
}
