import IMAPProtocol
import Traffic

/// Broken promises about mailboxes and enabled extensions, in words.
extension Finding {
    static func mailbox(_ violation: MailboxViolation, at offset: UInt64) -> Finding {
        let row = Row.of(violation)
        return Finding(
            id: row.id,
            severity: row.severity,
            blame: row.blame,
            direction: row.blame == .client ? .client : .server,
            offset: offset,
            text: row.text,
            reference: row.reference
        )
    }

    fileprivate struct Row {
        var id: String
        var severity: Severity
        var blame: Blame
        var text: String
        var reference: String

        init(_ id: String, _ severity: Severity, _ blame: Blame, _ text: String, _ reference: String) {
            self.id = id
            self.severity = severity
            self.blame = blame
            self.text = text
            self.reference = reference
        }
    }
}

extension Finding.Row {
    /// A text that may come with each of thousands of responses: written in one go, for a fraction of what interpolation costs.
    private static func sentence(
        _ name: String,
        _ first: StaticString,
        _ number: UInt64,
        _ second: StaticString,
        _ other: UInt64
    ) -> String {
        let room = name.utf8.count + first.utf8CodeUnitCount + second.utf8CodeUnitCount + 2 * 20
        return String(unsafeUninitializedCapacity: room) { buffer in
            var count = 0
            func append(_ text: StaticString) {
                for index in 0..<text.utf8CodeUnitCount { buffer[count + index] = text.utf8Start[index] }
                count += text.utf8CodeUnitCount
            }
            func append(_ number: UInt64) {
                var digits = 1
                var rest = number / 10
                while rest > 0 {
                    digits += 1
                    rest /= 10
                }
                rest = number
                for index in (count..<(count + digits)).reversed() {
                    buffer[index] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
                    rest /= 10
                }
                count += digits
            }
            for octet in name.utf8 {
                buffer[count] = octet
                count += 1
            }
            append(first)
            append(number)
            append(second)
            append(other)
            return count
        }
    }

    private static let uids = "RFC 9051 section 2.3.1.1"
    private static let numbers = "RFC 9051 section 2.3.1.2"

    static func of(_ violation: MailboxViolation) -> Self {
        switch violation {
        // UIDs and mod-sequences.

        case .uidChanged(let number, let from, let to):
            Self("P09", .medium, .server, "message \(number) had UID \(from) and now has UID \(to)", self.uids)
        case .uidNotAscending(let number, let uid, let earlier):
            Self(
                "P09",
                .medium,
                .server,
                "message \(number) has UID \(uid), but a message before it has UID \(earlier): UIDs must rise",
                self.uids
            )
        case .uidNotBelow(let number, let uid, let later):
            Self(
                "P09",
                .medium,
                .server,
                "message \(number) has UID \(uid), but a message behind it has UID \(later): UIDs must rise",
                self.uids
            )
        case .invalidUID(let uid):
            Self("P09", .medium, .server, "\(uid) is no UID: it must lie between 1 and 4294967295", self.uids)
        case .uidNextTooLow(let uidNext, let known):
            Self(
                "P09",
                .medium,
                .server,
                "UIDNEXT is \(uidNext), but a message has UID \(known) already",
                self.uids
            )
        case .uidValidityChanged(let mailbox, let from, let to):
            Self(
                "P09",
                .medium,
                .server,
                "UIDVALIDITY of \(Self.shown(mailbox)) was \(from) and is \(to) now: what clients cached is void"
                    + (to < from ? ", and it must never fall" : ""),
                self.uids
            )
        case .uidValidityChangedWhileOpen(let from, let to):
            Self(
                "P09",
                .medium,
                .server,
                "UIDVALIDITY changes from \(from) to \(to) while the mailbox is open",
                self.uids
            )
        case .highestModSequenceFell(let from, let to):
            Self("P09", .medium, .server, "HIGHESTMODSEQ falls from \(from) to \(to)", "RFC 7162 section 3.1.2.1")
        case .uidsForgotten(let limit):
            Self(
                "uids-forgotten",
                .info,
                .imapscope,
                "more than \(limit) gaps between the UIDs of this mailbox: what was known of them is forgotten",
                "the limit of imapscope"
            )

        // Sequence numbers and counts.

        case .expungeForbidden(let response, let command):
            Self(
                "P07",
                .medium,
                .server,
                command.map { "\(response.rawValue) during \($0): the client may use numbers that have shifted" }
                    ?? "\(response.rawValue) while no command is in progress: the next command may use numbers that "
                    + "have shifted",
                response == .vanished ? "RFC 7162 section 3.2.10.2" : "RFC 9051 section 7.5.1"
            )
        case .noMailboxSelected(let response):
            Self("P08", .medium, .server, "\(response.rawValue) while no mailbox is open", "RFC 9051 section 11.3")
        case .numberOutOfRange(let response, let number, let exists):
            Self(
                "sequence-number-out-of-range",
                .medium,
                .server,
                Self.sentence(response.rawValue, " of message ", number, ", but the mailbox holds ", UInt64(exists)),
                self.numbers
            )
        case .countTooLarge(let response, let number):
            Self(
                "number-too-large",
                .low,
                .server,
                "\(number) \(response.rawValue) does not fit 32 bits",
                "RFC 9051 section 9"
            )
        case .existsShrank(let from, let to):
            Self(
                "exists-shrank",
                .medium,
                .server,
                "EXISTS falls from \(from) to \(to) without EXPUNGE: which messages are gone is not said",
                "RFC 9051 section 7.5.1"
            )
        case .recentAboveExists(let recent, let exists):
            Self(
                "recent-above-exists",
                .low,
                .server,
                "\(recent) RECENT in a mailbox of \(exists)",
                "RFC 3501 section 7.3.2"
            )
        case .commandNumberOutOfRange(let command, let number, let exists):
            Self(
                "sequence-number-out-of-range",
                .low,
                .client,
                "\(command) names message \(number), but the mailbox holds \(exists)",
                self.numbers
            )

        // Extensions, flags and the end of a session.

        case .notEnabled(let data, let name, let reference):
            Self("not-enabled", .low, .server, "\(data) although the client has not enabled \(name)", reference)
        case .expungeUnderQRESYNC:
            Self(
                "expunge-under-qresync",
                .low,
                .server,
                "EXPUNGE although QRESYNC is on: VANISHED takes its place",
                "RFC 7162 section 3.2.10"
            )
        case .numberUnderUIDONLY(let response):
            Self(
                "number-under-uidonly",
                .medium,
                .server,
                "\(response.rawValue) with a sequence number although UIDONLY is on",
                response == .fetch ? "RFC 9586 section 3.3" : "RFC 9586 section 3"
            )
        case .commandUnderUIDONLY(let command):
            Self(
                "number-under-uidonly",
                .low,
                .client,
                "\(command) takes sequence numbers, which UIDONLY forbids: UID \(command) is meant",
                "RFC 9586 section 3"
            )
        case .flagNotPermanent(let flag):
            Self(
                "flag-not-permanent",
                .info,
                .client,
                "\(Self.shown(flag)) is not among PERMANENTFLAGS: it is lost with the session, or refused",
                "RFC 9051 section 7.1"
            )
        case .enableWhileSelected:
            Self(
                "command-in-wrong-state",
                .low,
                .client,
                "ENABLE is allowed only before a mailbox is opened",
                "RFC 5161 section 3.1"
            )
        case .longIdle(let minutes):
            Self(
                "P13",
                .info,
                .client,
                "IDLE for \(minutes) minutes without renewal: servers may log a client out after 30",
                "RFC 2177 section 3"
            )
        case .goodbye(let code):
            Self(
                "P15",
                .info,
                .server,
                "the server ends the session without LOGOUT" + (code.map { ": \(Self.shown($0))" } ?? ""),
                "RFC 9051 section 7.1.5"
            )
        case .referral(let url):
            Self(
                "S14",
                .high,
                .server,
                "the server refers the client to \(Self.shown(url)), past imapscope",
                "RFC 2221 section 4"
            )
        }
    }

    /// Words from the wire, cut.
    private static func shown(_ text: String) -> String {
        text.count <= 64 ? "“\(text)”" : "“\(text.prefix(64))…”"
    }
}
