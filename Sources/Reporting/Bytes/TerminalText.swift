public import Traffic

/// Pieces of text that a command shows outside a transcript.
public enum TerminalText {
    /// `text` with controls and what hides or turns characters made visible.
    public static func escaped(_ text: String) -> String {
        String(rendering: { $0.append(text, escaped: .terminal) })
    }

    /// The day of `time` in UTC: `2026-11-23`.
    public static func day(_ time: Timestamp) -> String {
        String(String(rendering: { $0.append(time, fraction: 0) }).prefix { $0 != "T" })
    }
}
