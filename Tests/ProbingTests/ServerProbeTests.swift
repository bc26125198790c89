import Probing
import Testing
import Traffic

@Suite struct ServerProbeTests {
    struct Play: Sendable, CustomTestStringConvertible {
        var test: String
        var what: String
        var book: Playbook
        var grade: ProbeVerdict.Grade
        var facts: String

        var testDescription: String { "\(self.test): \(self.what)" }
    }

    static let sound = Playbook.sound

    static let plays: [Play] = [
        Play(
            test: "capabilities",
            what: "STARTTLS under TLS",
            book: sound.changed { $0.underTLS["CAPABILITY"] = "* CAPABILITY IMAP4rev1 STARTTLS\r\n% OK done" },
            grade: .weak,
            facts: "still offered"
        ),
        Play(
            test: "capabilities",
            what: "no STARTTLS",
            book: sound.changed { $0.answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1\r\n% OK done" },
            grade: .weak,
            facts: "not offered"
        ),
        Play(
            test: "certificate",
            what: "an expired one",
            book: sound.changed { book in
                book.handshake = { _ in
                    var tls = ProbeTLS.sound
                    tls.problem = "certificate has expired"
                    return .established(tls)
                }
            },
            grade: .vulnerable,
            facts: "expired"
        ),
        Play(
            test: "tls-versions",
            what: "everything is accepted",
            book: sound.changed { $0.handshake = { _ in .established(.sound) } },
            grade: .weak,
            facts: "accepted: TLS 1.0, TLS 1.1"
        ),
        Play(
            test: "tls-versions",
            what: "the library lacks the old ones",
            book: sound.changed { book in
                book.handshake = { $0.versions.upperBound < .tls12 ? .notOffered("gone") : .established(.sound) }
            },
            grade: .notCheckable,
            facts: "TLS 1.0 is not checkable from here: gone"
        ),
        Play(
            test: "weak-suites",
            what: "RC4",
            book: sound.changed { book in
                book.handshake = { $0.ciphers?.hasPrefix("RC4") ?? true ? .established(.sound) : .refused("alert") }
            },
            grade: .weak,
            facts: "accepted: RC4"
        ),
        Play(
            test: "weak-suites",
            what: "no encryption",
            book: sound.changed { book in
                book.handshake = { $0.ciphers?.hasPrefix("eNULL") ?? true ? .established(.sound) : .refused("alert") }
            },
            grade: .vulnerable,
            facts: "NULL"
        ),
        Play(
            test: "preauth-greeting",
            what: "PREAUTH",
            book: sound.changed { $0.greeting = "* PREAUTH welcome\r\n" },
            grade: .vulnerable,
            facts: "PREAUTH welcome"
        ),
        Play(
            test: "starttls-command-injection",
            what: "the injected command is obeyed",
            book: sound.changed { $0.afterHandshake = "S2 OK done\r\n" },
            grade: .vulnerable,
            facts: "S2"
        ),
        Play(
            test: "starttls-command-injection",
            what: "the injected command is answered in cleartext",
            book: sound.changed { $0.answers["STARTTLS"] = "% OK begin\r\nS2 OK done" },
            grade: .weak,
            facts: "in cleartext"
        ),
        Play(
            test: "starttls-command-injection",
            what: "the server leaves",
            book: sound.changed { $0.closesInstead = ["INJECTED"] },
            grade: .pass,
            facts: "ended the session"
        ),
        Play(
            test: "starttls-command-injection",
            what: "TLS works at no time",
            book: sound.changed { $0.handshake = { _ in .refused("alert") } },
            grade: .notCheckable,
            facts: "there is no TLS"
        ),
        Play(
            test: "starttls-under-tls",
            what: "granted",
            book: sound.changed { $0.underTLS["STARTTLS"] = "% OK again" },
            grade: .vulnerable,
            facts: "granted"
        ),
        Play(
            test: "starttls-under-tls",
            what: "NO",
            book: sound.changed { $0.underTLS["STARTTLS"] = "% NO again" },
            grade: .weak,
            facts: "BAD is due"
        ),
        Play(
            test: "cleartext-login",
            what: "the password is checked",
            book: sound.changed { $0.answers["LOGIN"] = "% NO [AUTHENTICATIONFAILED] wrong" },
            grade: .vulnerable,
            facts: "LOGINDISABLED is announced, and the password was checked"
        ),
        Play(
            test: "cleartext-login",
            what: "anybody gets in",
            book: sound.changed { $0.answers["LOGIN"] = "% OK welcome" },
            grade: .vulnerable,
            facts: "was logged in in cleartext"
        ),
        Play(
            test: "cleartext-login",
            what: "refused but not announced",
            book: sound.changed { $0.answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1 STARTTLS\r\n% OK done" },
            grade: .weak,
            facts: "is not announced"
        ),
        Play(
            test: "cleartext-authenticate",
            what: "the password is asked for",
            book: sound.changed {
                $0.answers["AUTHENTICATE"] = "+ "
                $0.answers["*"] = "P1 BAD cancelled"
            },
            grade: .vulnerable,
            facts: "asked for the password"
        ),
        Play(
            test: "literal-limits",
            what: "octets of the literal are obeyed",
            book: sound.changed { $0.answers["ID"] = "% BAD what\r\nN9 OK done\r\nN2 OK done" },
            grade: .vulnerable,
            facts: "obeyed as commands"
        ),
        Play(
            test: "literal-limits",
            what: "LITERAL- without its limit",
            book: sound.changed { $0.answers["ID"] = "% OK done\r\nN2 OK done" },
            grade: .weak,
            facts: "was accepted"
        ),
        Play(
            test: "overlong-line",
            what: "accepted",
            book: sound,
            grade: .weak,
            facts: "accepted"
        ),
        Play(
            test: "overlong-line",
            what: "refused",
            book: sound.changed { $0.answers["NOOP"] = "* BAD [CLIENTBUG] too long" },
            grade: .pass,
            facts: "too long"
        ),
    ]

    @Test(arguments: plays) func `a test judges a server by its answers`(_ play: Play) async throws {
        let test = try #require(ServerProbe.all.first { $0.id == play.test })
        let verdict = await Self.play(test, on: play.book)
        #expect(verdict.grade == play.grade, "\(verdict.facts)")
        #expect(verdict.facts.contains(play.facts), "\(verdict.facts)")
    }

    @Test(arguments: ServerProbe.all.map(\.id)) func `a sound server passes`(_ id: String) async throws {
        let test = try #require(ServerProbe.all.first { $0.id == id })
        var book = Playbook.sound
        if id == "overlong-line" { book.answers["NOOP"] = "% BAD too long" }
        let verdict = await Self.play(test, on: book)
        #expect(verdict.grade == .pass, "\(verdict.facts)")
    }

    @Test(arguments: ServerProbe.all.map(\.id), [nil, "garbage\r\n", "\u{0}\u{1}\u{2}", "* BYE busy\r\n"])
    func `a server that is silent or talks garbage gives a verdict that accuses it of nothing`(
        _ id: String,
        _ greeting: String?
    ) async throws {
        let test = try #require(ServerProbe.all.first { $0.id == id })
        let verdict = await Self.play(test, on: Playbook(greeting: greeting, handshake: { _ in .refused("not TLS") }))
        #expect(verdict.grade == .notCheckable, "\(verdict.facts)")
        #expect(!verdict.facts.isEmpty)
    }

    @Test func `an endless answer ends`() async throws {
        let flood = String(repeating: "* OK more\r\n", count: 120_000)
        let book = Playbook.sound.changed { $0.answers["AUTHENTICATE"] = flood }
        let test = try #require(ServerProbe.all.first { $0.id == "cleartext-authenticate" })
        let verdict = await Self.play(test, on: book)
        #expect(verdict.grade == .notCheckable)
        #expect(verdict.facts.contains("more octets"))
    }

    @Test func `the identifiers are unique and every test says what to do`() {
        #expect(Set(ServerProbe.all.map(\.id)).count == ServerProbe.all.count)
        for test in ServerProbe.all { #expect(!test.reference.isEmpty && !test.remedy.isEmpty) }
        #expect(ServerProbe.all.reduce(0) { $0 + $1.failingLogins } <= LoginBudget.limit)
    }

    static func play(_ test: ServerProbe, on book: Playbook) async -> ProbeVerdict {
        var probing = Self.probing(PlayedServer(book))
        return await probing.run(test)
    }

    static func probing(_ server: PlayedServer, password: Secret? = nil) -> ServerProbing {
        ServerProbing(
            target: ProbeTarget(.starttls, hasUser: true, hasPassword: password != nil),
            account: ProbeAccount(user: "fred", password: password),
            invented: InventedNames(random: "0123"),
            transport: server
        )
    }
}
