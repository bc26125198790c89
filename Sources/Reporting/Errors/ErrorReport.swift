public import IMAPSession

/// An error that can be told to a person: what happened and where, who is to blame, and what to do.
public protocol ReportableError: Error {
    /// One sentence with the facts, without a full stop.
    var summary: String { get }
    /// Connection, leg, direction, stream offset, RFC section: as far as they are known.
    var place: String? { get }
    /// The text that is wrong, where somebody wrote one.
    var excerpt: ErrorExcerpt? { get }
    var blame: Blame { get }
    /// What to try, without a full stop.
    var advice: String? { get }
    var exitCode: ExitCode { get }
}

extension ReportableError {
    public var place: String? { nil }
    public var excerpt: ErrorExcerpt? { nil }
    public var advice: String? { nil }
}

/// The one place where errors become text for stderr.
public struct ErrorReport: Sendable {
    public var color: Bool

    public init(color: Bool = false) {
        self.color = color
    }

    /// The lines of an error, the last line end included.
    ///
    ///     imapscope: imap.example.org:143 refused the connection (upstream leg of #3; server)
    ///       try: start the server, or give another --upstream
    public func render(_ error: any ReportableError) -> [UInt8] {
        var writer = ByteWriter(capacity: 256)
        if self.color { writer.append("\u{1B}[31m") }
        writer.append("imapscope:")
        if self.color { writer.append("\u{1B}[0m") }
        writer.append(" ")
        writer.append(error.summary, escaped: .terminal)
        writer.append(" (")
        if let place = error.place {
            writer.append(place, escaped: .terminal)
            writer.append("; ")
        }
        writer.append(verbatim: error.blame.rawValue)
        writer.append(")\n")
        if let excerpt = error.excerpt { excerpt.write(to: &writer) }
        if let advice = error.advice {
            if self.color { writer.append("\u{1B}[2m") }
            writer.append("  try: ")
            writer.append(advice, escaped: .terminal)
            if self.color { writer.append("\u{1B}[0m") }
            writer.append("\n")
        }
        return writer.withBytes { bytes in bytes.withUnsafeBytes { [UInt8]($0) } }
    }
}
