import RuleEngine
import Testing

@Suite struct `A mailbox with another name` {
    private static let rename = "rename-mailbox: {from: Archive, to: Entwürfe/Alt}"
    private static let wire = "Entw&APw-rfe/Alt"

    @Test(arguments: [
        ("SELECT \(wire)", "SELECT Archive"), ("EXAMINE \"\(wire)\" (CONDSTORE)", "EXAMINE \"Archive\" (CONDSTORE)"),
        ("STATUS {16}\\r\\n\(wire) (MESSAGES)", "STATUS {7}\\r\\nArchive (MESSAGES)"),
        ("STATUS {16+}\\r\\n\(wire) (MESSAGES)", "STATUS {7+}\\r\\nArchive (MESSAGES)"),
        ("CREATE \(wire)/New", "CREATE Archive/New"), ("DELETE \(wire)", "DELETE Archive"),
        ("RENAME \(wire) \(wire)/Old", "RENAME Archive Archive/Old"), ("SUBSCRIBE \(wire)", "SUBSCRIBE Archive"),
        ("UID COPY 1 \(wire)", "UID COPY 1 Archive"), ("MOVE 1 \(wire)", "MOVE 1 Archive"),
        ("APPEND \(wire) {2+}\\r\\nhi", "APPEND Archive {2+}\\r\\nhi"),
        ("GETQUOTAROOT \(wire)", "GETQUOTAROOT Archive"),
        ("GETACL \(wire)", "GETACL Archive"), ("SETACL \(wire) joe lrs", "SETACL Archive joe lrs"),
        ("MYRIGHTS \(wire)", "MYRIGHTS Archive"),
        ("GETMETADATA \(wire) /shared/comment", "GETMETADATA Archive /shared/comment"),
        ("LIST \"\" \(wire)/%", "LIST \"\" \"Archive/%\""), ("LIST \"\(wire)/\" *", "LIST \"Archive/\" *"),
        ("LSUB \"\" \(wire)", "LSUB \"\" Archive"), ("SELECT \"Entwürfe/Alt\"", "SELECT \"Archive\""),
        ("SELECT \(wire)s", "SELECT \(wire)s"), ("SELECT Entw&APw-rfe", "SELECT Entw&APw-rfe"),
        ("SEARCH TEXT \(wire)", "SEARCH TEXT \(wire)"),
    ])
    func `gets its own name where clients name it`(sent: String, got: String) throws {
        func escaped(_ text: String) -> String {
            text.replacing("ü", with: "\\xC3\\xBC")
        }
        try Relay("", Self.rename, ["C: a \(escaped(sent))"], ["C: a \(escaped(got))"]).check()
    }

    @Test(arguments: [
        ("LIST (\\HasChildren) \"/\" Archive", "LIST (\\HasChildren) \"/\" \(wire)"),
        ("LIST () \"/\" \"Archive/2026\"", "LIST () \"/\" \"\(wire)/2026\""),
        ("LSUB () \"/\" {7}\\r\\nArchive", "LSUB () \"/\" {16}\\r\\n\(wire)"),
        ("LIST () \"/\" New (OLDNAME (Archive))", "LIST () \"/\" New (OLDNAME (\(wire)))"),
        ("STATUS Archive (MESSAGES 1)", "STATUS \(wire) (MESSAGES 1)"), ("ACL Archive joe lrs", "ACL \(wire) joe lrs"),
        ("MYRIGHTS Archive lrs", "MYRIGHTS \(wire) lrs"), ("LISTRIGHTS Archive joe l r", "LISTRIGHTS \(wire) joe l r"),
        ("QUOTAROOT Archive \"\"", "QUOTAROOT \(wire) \"\""),
        ("METADATA Archive (/shared/comment x)", "METADATA \(wire) (/shared/comment x)"),
        (
            "ESEARCH (TAG \"a\" MAILBOX Archive UIDVALIDITY 1) UID ALL 1",
            "ESEARCH (TAG \"a\" MAILBOX \(wire) UIDVALIDITY 1) UID ALL 1"
        ), ("NAMESPACE ((\"Archive/\" \"/\")) NIL NIL", "NAMESPACE ((\"\(wire)/\" \"/\")) NIL NIL"),
        ("LIST () \"/\" Archives", "LIST () \"/\" Archives"), ("LIST () \"/\" archive", "LIST () \"/\" archive"),
    ])
    func `gets the client's name where servers name it`(sent: String, got: String) throws {
        try Relay("", Self.rename, ["S: * \(sent)"], ["S: * \(got)"]).check()
    }

    @Test(arguments: [
        Relay(
            "alone",
            "rename-mailbox: {from: Archive, to: Old, children: no}",
            ["S: * LIST () \"/\" Archive", "S: * LIST () \"/\" Archive/x"],
            ["S: * LIST () \"/\" Old", "S: * LIST () \"/\" Archive/x"]
        ),
        Relay(
            "with another delimiter",
            "rename-mailbox: {from: Archive, to: Old, delimiter: .}",
            ["S: * LIST () \".\" Archive.x", "S: * LIST () \".\" Archive/x"],
            ["S: * LIST () \".\" Old.x", "S: * LIST () \".\" Archive/x"]
        ),
        Relay(
            "INBOX in any case",
            "rename-mailbox: {from: INBOX, to: Eingang}",
            ["S: * LIST () \"/\" Inbox", "C: a SELECT Eingang", "S: * STATUS \"inbox\" (MESSAGES 1)"],
            ["S: * LIST () \"/\" Eingang", "C: a SELECT INBOX", "S: * STATUS \"Eingang\" (MESSAGES 1)"]
        ),
        Relay(
            "two that change places",
            rules: """
                  - {name: one, do: [{rename-mailbox: {from: A, to: B}}]}
                  - {name: two, do: [{rename-mailbox: {from: B, to: A}}]}

                """,
            ["C: a RENAME A B", "S: * LIST () \"/\" A", "S: * LIST () \"/\" B"],
            ["C: a RENAME B A", "S: * LIST () \"/\" B", "S: * LIST () \"/\" A"]
        ),
    ])
    func `means what its rule says`(relay: Relay) throws { try relay.check() }
}
