import Probing
import Testing
import Traffic

@Suite struct LoginTests {
    private func logins(_ server: PlayedServer) -> [String] { server.sent.filter { $0.contains(" LOGIN ") } }

    @Test func `no more than three logins fail, whatever the server answers`() async {
        let server = PlayedServer(.sound)
        var probing = ServerProbeTests.probing(server, password: Secret("not the one"))
        var verdicts: [String: ProbeVerdict] = [:]
        for test in ServerProbe.all + ServerProbe.all { verdicts[test.id] = await probing.run(test) }
        #expect(self.logins(server).count == LoginBudget.limit)
        #expect(probing.budget.failed == LoginBudget.limit)
        #expect(verdicts["user-names"]?.grade == .notCheckable)
    }

    @Test func `a login that succeeds is not counted`() async throws {
        let server = PlayedServer(.sound.changed { $0.underTLS["LOGIN"] = "% OK welcome" })
        var probing = ServerProbeTests.probing(server, password: Secret("right"))
        let verdict = await probing.run(try #require(ServerProbe.all.first))
        #expect(verdict.facts.contains("after the login"))
        #expect(self.logins(server) == ["L1 LOGIN \"fred\" \"right\"\r\n"])
        #expect(probing.budget.failed == 0)
    }

    @Test func `a login without an answer is counted`() async throws {
        let server = PlayedServer(.sound.changed { $0.closesInstead = ["LOGIN"] })
        var probing = ServerProbeTests.probing(server, password: Secret("right"))
        _ = await probing.run(try #require(ServerProbe.all.first))
        #expect(probing.budget.failed == 1)
    }

    @Test func `the password does not go to a server whose certificate is wrong`() async throws {
        let server = PlayedServer(
            .sound.changed { book in
                book.handshake = { _ in
                    var tls = ProbeTLS.sound
                    tls.problem = "self-signed certificate"
                    return .established(tls)
                }
            }
        )
        var probing = ServerProbeTests.probing(server, password: Secret("right"))
        let verdict = await probing.run(try #require(ServerProbe.all.first))
        #expect(self.logins(server).isEmpty)
        #expect(verdict.facts.contains("was not sent"))
    }

    @Test func `quotes and backslashes of a password are quoted`() async throws {
        let server = PlayedServer(.sound)
        var probing = ServerProbeTests.probing(server, password: Secret("a\"b\\c"))
        _ = await probing.run(try #require(ServerProbe.all.first))
        #expect(self.logins(server) == ["L1 LOGIN \"fred\" \"a\\\"b\\\\c\"\r\n"])
    }

    @Test(arguments: [
        (
            "% NO [AUTHENTICATIONFAILED] no such user imapscope-probe-0123",
            "% NO [AUTHENTICATIONFAILED] no such user fred", true
        ),
        ("% NO [AUTHENTICATIONFAILED] unknown user", "% NO [AUTHENTICATIONFAILED] wrong password", false),
        ("% NO failed", "% NO [AUTHENTICATIONFAILED] failed", false), ("% BAD failed", "% NO failed", false),
    ])
    func `answers that tell users from others are found, the names in them do not count`(
        _ invented: String,
        _ known: String,
        _ isAlike: Bool
    ) async throws {
        let server = UserTelling(invented: invented, known: known)
        var probing = ServerProbing(
            target: ProbeTarget(.implicit, hasUser: true),
            account: ProbeAccount(user: "fred"),
            invented: InventedNames(random: "0123"),
            transport: server
        )
        let verdict = await probing.run(try #require(ServerProbe.all.first { $0.id == "user-names" }))
        #expect(verdict.grade == (isAlike ? .pass : .weak), "\(verdict.facts)")
    }
}

/// A server that answers by the user.
private final class UserTelling: ProbeTransport {
    private let invented: String
    private let known: String
    private var inputs: [ProbeInput] = []

    init(invented: String, known: String) {
        self.invented = invented
        self.known = known
    }

    func open(_ offer: TLSOffer?) async -> ProbeConnected {
        self.inputs = [.octets(Array("* OK ready\r\n".utf8))]
        return .open(offer == nil ? nil : .sound)
    }

    func send(_ octets: [UInt8]) {
        let isKnown = String(decoding: octets, as: UTF8.self).contains("\"fred\"")
        self.inputs.append(
            .octets(Array(((isKnown ? self.known : self.invented) + "\r\n").replacing("%", with: "L1").utf8))
        )
    }

    func receive(before deadline: ContinuousClock.Instant) async -> ProbeInput {
        self.inputs.isEmpty ? .silent : self.inputs.removeFirst()
    }

    func handshake(_ offer: TLSOffer) async -> HandshakeOutcome { .established(.sound) }
    func close() async {}
}
