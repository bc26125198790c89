public import IMAPProtocol
public import Traffic

/// Named quirks: notes, not errors.
extension Finding {
    public static func quirk(_ quirk: Quirk, _ direction: Direction, at offset: UInt64, detail: String = "") -> Finding
    {
        var finding = Finding(
            id: quirk.id,
            severity: .info,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "quirk: " + quirk.name + (detail.isEmpty ? "" : ": " + detail),
            reference: quirk.attribution
        )
        finding.isNote = true
        return finding
    }
}
