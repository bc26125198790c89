/// A quirk that was recognised, and where.
public struct QuirkSighting: Sendable, Hashable {
    public var quirk: Quirk
    /// An offset in the message's text.
    public var offset: Int
    /// What of it is particular here; empty when the name says all.
    public var detail: String

    public init(_ quirk: Quirk, at offset: Int, detail: String = "") {
        self.quirk = quirk
        self.offset = offset
        self.detail = detail
    }
}

extension [QuirkSighting] {
    /// Notes each quirk once a message: a long list may repeat it thousands of times.
    mutating func note(_ quirk: Quirk, at offset: Int, detail: String = "") {
        guard !self.contains(where: { $0.quirk.id == quirk.id }) else { return }
        self.append(QuirkSighting(quirk, at: offset, detail: detail))
    }
}
