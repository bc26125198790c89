public import SASL
import Traffic

/// The mail and the configuration that the tutorial session needs: a server whose administrator is told over and over
/// that it crashed.
public enum TutorialMail {
    public static let user = "drichards"
    /// The challenge whose answer, for the password of the tutorial, ends in 786abbf9d4d38e270c895b82318c2223.
    public static let challenge = Array("<185441582593296.1577749809@bluefin.p>".utf8)

    /// INBOX with 64 messages (UIDs 8 to 71), Trash, and folder1 with one message.
    public static func account() -> Account {
        var account = Account()
        var inbox = Mailbox(uidValidity: 1_548_379_801, uidNext: 8)
        for number in 1...64 {
            let flags = FlagSet([3, 5, 64].contains(number) ? ["\\Seen"] : [])
            inbox.append(self.message(number), flags: flags, date: self.received(uid: inbox.uidNext))
        }
        inbox.forgetRecent()
        account["INBOX"] = inbox
        account["Trash"] = Mailbox(uidValidity: 1_548_379_802)
        var folder = Mailbox(uidValidity: 1_548_379_803)
        let text =
            "From: root <root@bluefin.p>\nSubject: disk space\nDate: Mon, 07 Oct 2019 22:00:00 -0700\n\nLess than a tenth is free.\n"
        folder.append(self.octets(text), date: self.received(uid: 1))
        folder.forgetRecent()
        account["folder1"] = folder
        for name in ["INBOX", "Trash", "folder1"] { account.subscribe(name) }
        return account
    }

    /// A server for ``TutorialSession`` and that user's mail. The misbehaviour is the tutorial's: an answer with a tag
    /// that the client never sent.
    public static func configuration(users: PasswordFile) -> ServerConfiguration {
        var configuration = ServerConfiguration(users: users, challenges: .fixed(self.challenge))
        configuration.greeting = .ok("bluefin.p IMAP4rev1 ready")
        configuration.misbehaviours = [
            Misbehaviour(.command("NOOP", occurrence: 1), .strayAnswer(tag: TutorialSession.strayTag))
        ]
        return configuration
    }

    private static func received(uid: UInt32) -> DateTime {
        DateTime(Timestamp(seconds: 1_570_000_000 + Int64(uid) * 3600))
    }

    /// The first has no subject and 447 octets, the next twelve ask for Mary, the rest report a crash.
    private static func message(_ number: Int) -> [UInt8] {
        let minute = number == 10 ? 44 : (number + 34) % 60
        let date = "Mon, 07 Oct 2019 23:\(DateTime.two(minute)):00 -0700"
        let two = DateTime.two(number)
        let id = number == 10 ? "1iHjE0-00058s-8Y" : "1iHj\(two)-0005\(two)-8Y"
        let subject = number == 1 ? "" : number <= 13 ? "Subject: mary\n" : "Subject: crash\n"
        let body = (2...13).contains(number) ? "Where is Mary?" : "The system crashed again, run \(number)."
        let head = """
            Return-path: <root@bluefin.p>
            Envelope-to: drichards@bluefin.p
            Delivery-date: \(date)
            Received: from root by bluefin.p with local (Exim 4.91) (envelope-from <root@bluefin.p>) \
            id \(id) for drichards@bluefin.p; \(date)
            \(subject)Message-Id: <E\(id)@bluefin.p>
            From: root <root@bluefin.p>
            Date: \(date)

            """
        let octets = self.octets("\(head)\n\(body)\n")
        guard number == 1 else { return octets }
        let padding = [UInt8](repeating: UInt8(ascii: "."), count: max(447 - octets.count, 0))
        return Array(octets[..<(octets.count - 2)]) + padding + [0x0D, 0x0A]
    }

    /// The text with CR LF line ends.
    private static func octets(_ text: String) -> [UInt8] {
        text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    }
}
