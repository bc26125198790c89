import IMAPProtocol
import Testing

struct ModifiedUTF7Tests {
    static let names: [(String, String)] = [
        ("Entwürfe", "Entw&APw-rfe"),
        ("Gelöscht", "Gel&APY-scht"),
        ("Envoyés", "Envoy&AOk-s"),
        ("Éléments supprimés", "&AMk-l&AOk-ments supprim&AOk-s"),
        ("Отправленные", "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"),
        ("Wysłane", "Wys&AUI-ane"),
        ("Tom & Jerry", "Tom &- Jerry"),
        ("☺!", "&Jjo-!"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ("台北", "&U,BTFw-"),
        ("日本語", "&ZeVnLIqe-"),
        ("送信済み", "&kAFP4W4IMH8-"),
        ("已发送", "&XfJT0ZAB-"),
        ("보낸편지함", "&vPSwuNO4ycDVaA-"),
        ("😀", "&2D3eAA-"),
        ("a😀b", "a&2D3eAA-b"),
        ("ÄÖÜ&äöü", "&AMQA1gDc-&-&AOQA9gD8-"),
        ("été/A&B", "&AOk-t&AOk-/A&-B"),
        ("", ""),
    ]

    @Test(arguments: names)
    func `a name and its wire form are each other's`(_ name: String, _ wire: String) {
        let octets = Array(wire.utf8)
        let decoded = ModifiedUTF7.decode(octets.span.bytes, 0..<octets.count)
        #expect(decoded.text == name)
        #expect(decoded.isValid)
        #expect(ModifiedUTF7.encode(name) == octets)
    }

    @Test(
        arguments: [
            "&", "&Jjo", "&AGE-", "&2D0-", "&3gA-", "&U,BTFw-&ZeVnLIqe-", "&A-", "&AA-", "a&!-", "&AMl-", "Entwürfe",
            "&U,BTFx-", "tab\there",
        ]
    )
    func `an invalid name is shown as it is and flagged`(_ wire: String) {
        let octets = Array(wire.utf8)
        let decoded = ModifiedUTF7.decode(octets.span.bytes, 0..<octets.count)
        #expect(!decoded.isValid)
        #expect(decoded.text == WireText.show(wire))
    }
}
