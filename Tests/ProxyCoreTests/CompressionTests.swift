import Deflate
import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct RelayedCompression {
    @Test func `nothing can edit: compressed octets are relayed untouched, and a copy is read`() throws {
        let peers = try CompressedPlaybook(ProxyOptions())
        let command = peers.deflated("b SELECT INBOX\r\n", .client)
        #expect(peers.play.receive(command, from: .client).count == 1)
        #expect(peers.play.sent[.client] == command)
        let answer = peers.deflated("* 3 EXISTS\r\nb OK in\r\n", .server)
        _ = peers.play.receive(answer, from: .server)
        #expect(peers.play.sent[.server] == answer)
        let recorder = peers.play.recorder
        #expect(recorder.messages.suffix(3).map(\.text) == ["b SELECT INBOX\r\n", "* 3 EXISTS\r\n", "b OK in\r\n"])
        #expect(recorder.changes.map(\.handling) == [.relayed])
    }

    @Test func `garbage is relayed and told`() throws {
        let peers = try CompressedPlaybook(ProxyOptions())
        let octets: [UInt8] = [0xFF, 0xFF, 1, 2, 3]
        _ = peers.play.receive(octets, from: .server)
        _ = peers.play.receive(octets, from: .client)
        #expect(peers.play.sent == [.client: octets, .server: octets])
        #expect(peers.play.recorder.findings.map(\.id).filter { $0.contains("deflate") } == ["deflate-garbage"])
        #expect(peers.play.recorder.findings.last?.blame == .server)
    }

    @Test func `a half-close is passed on, and totals are told`() throws {
        let peers = try CompressedPlaybook(ProxyOptions())
        peers.client("b LOGOUT\r\n", .finish)
        #expect(peers.play.closed(.client) == [.act(.closeOutput(.client))])
        peers.server("* BYE\r\nb OK\r\n", .finish)
        #expect(peers.play.closed(.server) == [.act(.closeOutput(.server)), .act(.close)])
        let totals = try #require(peers.play.recorder.summaries.first?.compression)
        #expect(totals.client.inflated == 10 && totals.server.inflated == 13)
        #expect(totals.client.compressed == UInt64(peers.came[.client]!.count))
    }
}

@Suite struct TerminatedCompression {
    @Test func `what can be edited is inflated, edited and deflated again`() throws {
        let peers = try CompressedPlaybook(.neverSTARTTLS)
        #expect(peers.play.recorder.changes.map(\.handling) == [.terminated])
        peers.client("b CAPABILITY\r\n")
        #expect(try peers.took(.client) == "b CAPABILITY\r\n")
        peers.server("* CAPABILITY IMAP4rev1 STARTTLS IDLE\r\nb OK\r\n")
        #expect(try peers.took(.server) == "* CAPABILITY IMAP4rev1 IDLE\r\nb OK\r\n")
        #expect(peers.play.recorder.edits.count == 1)
        // Behind the login STARTTLS is the server's to refuse.
        peers.client("c STARTTLS\r\n")
        #expect(try peers.took(.client) == "c STARTTLS\r\n")
        // Each burst ends in a sync flush: both peers can read all of it at once.
        #expect(peers.left[.server]!.suffix(4) == [0, 0, 0xFF, 0xFF])
        #expect(peers.left[.client]!.suffix(4) == [0, 0, 0xFF, 0xFF])
    }

    @Test func `compressed octets in the segment of the OK`() throws {
        let peers = try CompressedPlaybook(.neverSTARTTLS, answer: "")
        let rest = peers.deflated("* 2 EXISTS\r\n", .server)
        let did = peers.play.receive(Array("a OK go\r\n".utf8) + rest, from: .server)
        #expect(did.first == .forward(.server, "a OK go\r\n"))
        #expect(peers.play.sent[.server]!.starts(with: Array("a OK go\r\n".utf8)))
        peers.play.sent[.server]!.removeFirst(9)
        #expect(try peers.took(.server) == "* 2 EXISTS\r\n")
    }

    @Test(arguments: [1, 2, 3, 50])
    func `what the client sends behind its command waits for the answer`(chunk: Int) throws {
        var play = Playbook(.neverSTARTTLS)
        _ = play.server("* PREAUTH\r\n")
        var deflater = try Deflater()
        var octets = Array("a COMPRESS DEFLATE\r\n".utf8)
        deflater.deflate(Array("b NOOP\r\n".utf8).span.bytes, .sync) { octets.append($0) }
        var start = 0
        while start < octets.count {
            let end = min(start + chunk, octets.count)
            _ = play.receive(Array(octets[start..<end]), from: .client)
            start = end
        }
        #expect(play.took(.client) == "a COMPRESS DEFLATE\r\n")
        _ = play.server("a OK go\r\n")
        var inflater = try Inflater()
        var read: [UInt8] = []
        let left = play.sent[.client]!
        _ = try inflater.inflate(left.span.bytes) {
            read.append($0)
            return .more
        }
        #expect(String(decoding: read, as: UTF8.self) == "b NOOP\r\n")
        #expect(play.recorder.findings.map(\.id).filter { $0.contains("deflate") } == ["octets-before-deflate"])
    }

    @Test(arguments: ["a NO [COMPRESSIONACTIVE] TLS does\r\n", "a BAD what\r\n"])
    func `a refused COMPRESS lets what waited go`(answer: String) {
        var play = Playbook(.neverSTARTTLS)
        _ = play.server("* PREAUTH\r\n")
        _ = play.client("a COMPRESS DEFLATE\r\nb NOOP\r\n")
        #expect(play.took(.client) == "a COMPRESS DEFLATE\r\n")
        _ = play.server(answer)
        #expect(play.took(.client) == "b NOOP\r\n")
        _ = play.server("b OK\r\n")
        #expect(play.took(.server) == "* PREAUTH\r\n" + answer + "b OK\r\n")
        #expect(play.recorder.changes.isEmpty)
    }

    @Test(arguments: [(0, TransportChange.Handling.terminated), (70_000, .relayed)])
    func `octets that had left already keep their stream`(padding: Int, handling: TransportChange.Handling) throws {
        var play = Playbook(.neverSTARTTLS)
        _ = play.server("* PREAUTH\r\n")
        // A command too long to hold: its end, and what stands behind it, leave before it is understood.
        _ = play.client("a COMPRESS" + String(repeating: " ", count: padding) + " DEFL")
        var deflater = try Deflater()
        var octets = Array("ATE\r\n".utf8)
        deflater.deflate(Array("b NOOP\r\n".utf8).span.bytes, .sync) { octets.append($0) }
        _ = play.receive(octets, from: .client)
        _ = play.server("a OK go\r\n")
        #expect(play.recorder.changes.map(\.handling) == [handling])
        #expect(play.recorder.messages.last?.text == "b NOOP\r\n")
        if handling == .relayed { #expect(play.sent[.client]!.suffix(octets.count) == octets[...]) }
    }

    @Test(arguments: Direction.allCases)
    func `garbage is told and goes on as it came`(direction: Direction) throws {
        let peers = try CompressedPlaybook(.neverSTARTTLS)
        peers.sends("* x\r\n", direction)
        _ = try peers.took(direction)
        let garbage: [UInt8] = [0xFF, 0xFF, 1, 2, 3]
        _ = peers.play.receive(garbage, from: direction)
        #expect(peers.play.sent[direction]!.suffix(5) == garbage[...])
        let finding = try #require(peers.play.recorder.findings.last { $0.id == "deflate-garbage" })
        #expect(finding.blame == (direction == .client ? .client : .server))
        peers.play.sent[direction] = []
        _ = peers.play.receive([7, 8, 9], from: direction)
        #expect(peers.play.sent[direction] == [7, 8, 9])
        // The other direction still compresses.
        peers.sends("y\r\n", direction.opposite)
        #expect(try peers.took(direction.opposite) == "y\r\n")
    }

    @Test func `a final block is passed on, and what follows it too`() throws {
        let peers = try CompressedPlaybook(.neverSTARTTLS)
        peers.server("* OK bye\r\n", .finish)
        let octets = peers.play.sent[.server]!
        var inflater = try Inflater()
        let taken = try inflater.inflate(octets.span.bytes) { _ in .more }
        let hasEnded = inflater.hasEnded
        #expect(hasEnded && taken == octets.count)
        _ = peers.play.receive([1, 2, 3], from: .server)
        #expect(Array(peers.play.sent[.server]!.suffix(3)) == [1, 2, 3])
        #expect(peers.play.recorder.findings.map(\.id).filter { $0.contains("deflate") } == ["octets-behind-deflate"])
    }

    @Test func `UNAUTHENTICATE ends it on both legs`() throws {
        let peers = try CompressedPlaybook(.neverSTARTTLS)
        let command = peers.deflated("b UNAUTHENTICATE\r\n", .client) + Array("c LOGIN joe pw\r\n".utf8)
        _ = peers.play.receive(command, from: .client)
        #expect(try peers.took(.client) == "b UNAUTHENTICATE\r\n")
        let answer = peers.deflated("b OK bye\r\n", .server) + Array("* CAPABILITY STARTTLS X\r\n".utf8)
        _ = peers.play.receive(answer, from: .server)
        _ = peers.play.timer(.inflate)
        #expect(peers.play.took(.client) == "c LOGIN joe pw\r\n")
        let left = peers.play.sent[.server]!
        let clear = Array("* CAPABILITY X\r\n".utf8)
        #expect(Array(left.suffix(clear.count)) == clear)
        peers.play.sent[.server]!.removeLast(clear.count)
        #expect(try peers.took(.server) == "b OK bye\r\n")
        _ = peers.play.server("c OK in\r\n")
        #expect(peers.play.took(.server) == "c OK in\r\n")
    }

    @Test func `a bomb is inflated in turns, told, and slows its sender down`() throws {
        var options = ProxyOptions.neverSTARTTLS
        options.session.inflate = InflateLimits(ratio: 100, allowance: 2 << 20)
        let peers = try CompressedPlaybook(options)
        let size = 6 << 20
        let bomb = peers.deflated([UInt8](repeating: 0x41, count: size), .server)
        let did = peers.play.receive(bomb, from: .server)
        #expect(did.contains(.act(.pauseReading(.server))))
        #expect(did.contains(.act(.startTimer(.inflate, seconds: 0))))
        var total = try peers.tookOctets(.server).count
        #expect(total < 2 << 20)
        // A receiver that is full stops the turns, too.
        _ = peers.play.writability(.server, false)
        #expect(peers.play.timer(.inflate) == [])
        #expect(peers.play.writability(.server, true) == [.act(.startTimer(.inflate, seconds: 0))])
        var turns = 0
        var last: [Did] = []
        while total < size, turns < 20 {
            last = peers.play.timer(.inflate)
            total += try peers.tookOctets(.server).count
            turns += 1
        }
        #expect(total == size)
        #expect(turns >= 4)
        #expect(last.contains(.act(.resumeReading(.server))))
        #expect(peers.play.recorder.findings.contains { $0.id == "deflate-bomb" && $0.blame == .server })
    }

    @Test func `the end of a stream waits for its turn`() throws {
        let peers = try CompressedPlaybook(.neverSTARTTLS)
        let size = 3 << 20
        _ = peers.play.receive(peers.deflated([UInt8](repeating: 0x41, count: size), .server), from: .server)
        #expect(!peers.play.closed(.server).contains(.act(.closeOutput(.server))))
        var did: [Did] = []
        for _ in 0..<5 { did += peers.play.timer(.inflate) }
        #expect(try peers.tookOctets(.server).count == size)
        #expect(did.filter { $0 == .act(.closeOutput(.server)) }.count == 1)
        #expect(peers.play.closed(.client).contains(.act(.close)))
    }

    @Test func `a half-close behind compressed octets is passed on`() throws {
        let peers = try CompressedPlaybook(.neverSTARTTLS)
        peers.client("b LOGOUT\r\n")
        #expect(peers.play.closed(.client).last == .act(.closeOutput(.client)))
        #expect(try peers.took(.client) == "b LOGOUT\r\n")
        peers.server("* BYE\r\nb OK\r\n")
        #expect(peers.play.closed(.server).suffix(2) == [.act(.closeOutput(.server)), .act(.close)])
        #expect(try peers.took(.server) == "* BYE\r\nb OK\r\n")
        let totals = try #require(peers.play.recorder.summaries.first?.compression)
        #expect(totals.client.inflated == 10 && totals.server.inflated == 13)
        #expect(totals.server.compressed == UInt64(peers.came[.server]!.count))
    }

    @Test(arguments: 0..<60) func `every octet arrives that no edit touched`(seed: Int) throws {
        let pieces = [
            "b LOGIN x y\r\n", "c FETCH 1 BODY[]\r\n", "d APPEND x {5+}\r\nhello\r\n", "e LOGIN {3}\r\n", "* OK [",
            "+ go\r\n", "* CAPABILITY IMAP4rev1\r\n", "* 1 FETCH (BODY[] {7}\r\n", "e NO no\r\n", "{", "\r\n", " ",
            "f COMPRESS DEFLATE\r\n", "f NO [COMPRESSIONACTIVE] x\r\n", String(repeating: "A", count: 9000),
            "g IDLE\r\n", "DONE\r\n",
        ]
        for options in [ProxyOptions.idleEdit, ProxyOptions()] {
            var random = RepeatableRandom(state: UInt64(seed) &* 911)
            let peers = try CompressedPlaybook(options)
            var said: [Direction: [UInt8]] = [.client: [], .server: []]
            var read: [Direction: [UInt8]] = [.client: [], .server: []]
            for _ in 0..<40 {
                let direction: Direction = Bool.random(using: &random) ? .client : .server
                let text = pieces.randomElement(using: &random)!
                let flush: Deflater.Flush = [.none, .partial, .sync, .full].randomElement(using: &random)!
                said[direction]! += Array(text.utf8)
                var octets = peers.deflated(text, direction, flush)
                while !octets.isEmpty {
                    let count = Int.random(in: 1...octets.count, using: &random)
                    _ = peers.play.receive(Array(octets.prefix(count)), from: direction)
                    octets.removeFirst(count)
                }
            }
            for direction in Direction.allCases {
                let rest = peers.deflated("", direction)
                _ = peers.play.receive(rest, from: direction)
            }
            _ = peers.play.closed(.client)
            _ = peers.play.closed(.server)
            for direction in Direction.allCases { read[direction]! += try peers.tookOctets(direction) }
            #expect(read == said)
            #expect(peers.play.recorder.summaries.count == 1)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { self.append(contentsOf: $0) }
    }
}
