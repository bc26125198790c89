/// Every field, found by its names.
public enum FieldRegistry {
    /// In the order in which people are shown them.
    public static let all: [Field] =
        Field.ofSessions + Field.ofMessages + Field.ofContents + Field.ofExchanges + Field.ofAuthentications
        + Field.ofFindings

    private static let byName: [String: Field] = {
        var table: [String: Field] = [:]
        for field in Self.all {
            for name in [field.name] + field.aliases { table[name] = field }
        }
        return table
    }()

    /// The field of a name; tshark's prefix `imap.` may stand before any.
    public static func field(_ name: String) -> Field? {
        let lowered = name.lowercased()
        return Self.byName[lowered] ?? (lowered.hasPrefix("imap.") ? Self.byName[String(lowered.dropFirst(5))] : nil)
    }

    /// Why a name that people may know from elsewhere is not here.
    static func refusal(_ name: String) -> String? {
        var bare = name.lowercased()
        if bare.hasPrefix("imap.") { bare.removeFirst(5) }
        return switch bare {
        case "request.password", "password":
            "passwords are masked before a filter sees them, so that no filter can be used to guess one"
        default: nil
        }
    }

    static func nearest(to name: String) -> String? {
        let lowered = name.lowercased()
        let bare = lowered.hasPrefix("imap.") ? String(lowered.dropFirst(5)) : lowered
        return Spelling.nearest(to: bare, among: Self.byName.keys.sorted())
    }
}
