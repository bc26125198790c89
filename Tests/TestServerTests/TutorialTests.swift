import SASL
import Testing
import Traffic

@testable import TestServer

@Suite struct TutorialTests {
    /// Plays the tutorial in memory, the octets of each side cut by `cut`, and returns the client and all that was said.
    private static func play(
        password: String = "My_P@ssword1",
        change: (inout ServerConfiguration) -> Void = { _ in },
        cut: ([UInt8]) -> [[UInt8]]
    ) throws -> (client: TutorialSession, fromClient: [UInt8], fromServer: [UInt8]) {
        var configuration = TutorialMail.configuration(users: try Fixture.users())
        change(&configuration)
        var server = TestServer(configuration: configuration, store: Fixture.store())
        var client = TutorialSession(password: Secret(password))
        var toClient = server.connected()
        var toServer = client.connected() ?? []
        var said: (client: [UInt8], server: [UInt8]) = (toServer, [])
        while !toClient.isEmpty || !toServer.isEmpty {
            said.server += toClient
            for piece in cut(toClient) { toServer += client.receive(piece.span.bytes).octets }
            said.client += toServer
            toClient = []
            for piece in cut(toServer) { toClient += server.hear(piece).octets }
            toServer = []
        }
        if server.isClosed { client.closed() }
        return (client, said.client, said.server)
    }

    @Test func `the tutorial runs as it is told`() throws {
        let (client, fromClient, fromServer) = try Self.play { [$0] }
        #expect(client.failures == [])
        #expect(client.isDone)
        #expect(client.completed == TutorialSession.steps.count)
        let sent = String(decoding: fromClient, as: UTF8.self)
        #expect(sent.hasPrefix("c capability\r\nj authenticate cram-md5\r\nZHJpY2hhcmRz"))
        #expect(sent.hasSuffix("DONE\r\nn NOOP\r\nz LOGOUT\r\n"))
        #expect(!sent.contains("My_P@ssword1"))
        let received = String(decoding: fromServer, as: UTF8.self)
        #expect(received.contains("+ PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+\r\n"))
        #expect(received.contains("\(TutorialSession.strayTag) OK "))
        // 89 octets: the last CR LF ended the command.
        #expect(received.contains("TODAY!!)\r\n"))
    }

    @Test func `the proof is the tutorial's`() throws {
        let sent = try Self.play { [$0] }.fromClient
        let line = try #require(String(decoding: sent, as: UTF8.self).lines.first { $0.hasPrefix("ZHJp") })
        let proof = try Base64.decode(Array(line.utf8))
        #expect(String(decoding: proof, as: UTF8.self) == "drichards 786abbf9d4d38e270c895b82318c2223")
    }

    @Test func `octet by octet it is the same`() throws {
        let whole = try Self.play { [$0] }
        let pieces = try Self.play { $0.map { [$0] } }
        #expect(pieces.client.failures == [])
        #expect(pieces.fromClient == whole.fromClient)
        #expect(pieces.fromServer == whole.fromServer)
    }

    @Test(arguments: 1...20)
    func `cut anywhere it is the same`(_ seed: UInt64) throws {
        let whole = try Self.play { [$0] }
        var state = seed
        let pieces = try Self.play { octets in
            var pieces: [[UInt8]] = []
            var rest = octets[...]
            while !rest.isEmpty {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let piece = rest.prefix(1 + Int(state >> 33) % 60)
                pieces.append(Array(piece))
                rest = rest.dropFirst(piece.count)
            }
            return pieces
        }
        #expect(pieces.client.failures == [])
        #expect(pieces.fromClient == whole.fromClient)
        #expect(pieces.fromServer == whole.fromServer)
    }

    @Test func `a wrong password ends it`() throws {
        let client = try Self.play(password: "wrong") { [$0] }.client
        #expect(client.isDone)
        #expect(client.failures.map(\.title) == ["AUTHENTICATE CRAM-MD5"])
        #expect(client.failures.map(\.reason) == [.notOK])
    }

    static let damage: [(String, String, TutorialFailure.Reason)] = [
        ("NAMESPACE: untagged NAMESPACE NIL NIL NIL", "", .notOK),
        ("SEARCH#1: answer OK nothing", "SEARCH UNSEEN", .expected(.search([1, 2, 4] + Array(6...63)))),
        ("EXPUNGE: answer NO no", "EXPUNGE", .notOK),
        ("CREATE#1: stray-answer other", "CREATE", .unexpectedTag),
        ("LIST#1: continuation", "LIST", .unexpectedContinuation),
        ("UID FETCH: bye", "Unique identifiers", .closed),
        ("greeting: bye", "Greeting", .badGreeting),
        ("greeting: wrong-tag a1", "Greeting", .unexpectedTag),
    ]

    @Test(arguments: damage.indices)
    func `an answer that is not as told is found`(_ index: Int) throws {
        let (script, title, reason) = Self.damage[index]
        let misbehaviour = try Misbehaviour(parsing: script)
        let client = try Self.play(change: { $0.misbehaviours.append(misbehaviour) }) { [$0] }.client
        // A response too many is no failure of the tutorial: a client lives with it.
        guard !title.isEmpty else { return #expect(client.failures == []) }
        let first = try #require(client.failures.first)
        #expect(first.title == title)
        #expect(first.reason == reason)
    }

    @Test func `the mail is the tutorial's`() {
        let inbox = TutorialMail.account().mailboxes["INBOX"]
        #expect(inbox?.messages.map(\.uid) == Array(8...71))
        #expect(inbox?.uidNext == 72)
        #expect(inbox?.messages[0].octets.count == 447)
        #expect(inbox?.messages[9].octets.count == 424)
        #expect(inbox?.messages.last?.octets.count == 444)
    }
}
