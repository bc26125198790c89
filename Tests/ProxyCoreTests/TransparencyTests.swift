import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct Transparency {
    /// Pieces of IMAP, of nearly IMAP, and of nothing at all.
    private static let pieces: [[UInt8]] =
        [
            "a LOGIN x y\r\n", "b FETCH 1 BODY[]\r\n", "c APPEND x {5+}\r\nhello\r\n", "d LOGIN {3}\r\n", "e IDLE\r\n",
            "DONE\r\n", "f AUTHENTICATE PLAIN\r\n", "AGEAYg==\r\n", "*\r\n", "+ go\r\n", "+\r\n", "a OK done\r\n",
            "* OK [CAPABILITY IMAP4rev1 IDLE] x\r\n", "* CAPABILITY IMAP4rev1\r\n", "* 1 FETCH (BODY[] {7}\r\n",
            "d NO no\r\n", "e BAD x\r\n", "f OK [CAPABILITY IDLE] in\r\n", "\r\n", "\n", " ", "{", "}", "{12}\r\n",
            "* ", "* OK [",
            "g STARTTLS\r\n", "g NO not now\r\n", "h COMPRESS DEFLATE\r\n", "h BAD no\r\n", "\"", "\\\"",
        ].map { Array($0.utf8) } + [[0], [0xFF, 0xFE], [0x16, 0x03, 0x01], Array(repeating: 0x41, count: 3000)]

    @Test(arguments: 0..<120) func `every octet leaves as it came, in order`(seed: Int) {
        for options in [ProxyOptions(), ProxyOptions.idleEdit, ProxyOptions.idleRules] {
            var random = RepeatableRandom(state: UInt64(seed) &* 7919)
            var play = Playbook(options)
            var came: [Direction: [UInt8]] = [.client: [], .server: []]
            for _ in 0..<40 {
                let direction: Direction = Bool.random(using: &random) ? .client : .server
                var chunk: [UInt8] = []
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    var piece = Self.pieces.randomElement(using: &random)!
                    if Int.random(in: 0..<4, using: &random) == 0 {
                        piece = Array(piece.prefix(Int.random(in: 0...piece.count, using: &random)))
                    }
                    chunk += piece
                }
                came[direction]! += chunk
                _ = play.receive(chunk, from: direction)
            }
            _ = play.closed(.client)
            _ = play.closed(.server)
            #expect(play.sent[.client] == came[.client])
            #expect(play.sent[.server] == came[.server])
            #expect(play.recorder.summaries.count == 1)
        }
    }

    @Test(arguments: 0..<60) func `every octet leaves as it came under TLS`(seed: Int) {
        var random = RepeatableRandom(state: UInt64(seed) &* 6151 &+ 3)
        var play = Playbook(ProxyOptions(client: .tls, upstream: .tls))
        _ = play.established(.client)
        _ = play.established(.upstream)
        var came: [Direction: [UInt8]] = [.client: [], .server: []]
        // STARTTLS is answered by imapscope here, and in no piece that the server sends.
        let pieces = Self.pieces.filter { !$0.starts(with: Array("g STARTTLS".utf8)) }
        for _ in 0..<60 {
            let direction: Direction = Bool.random(using: &random) ? .client : .server
            let piece = pieces.randomElement(using: &random)!
            let chunk = Array(piece.prefix(Int.random(in: 0...piece.count, using: &random)))
            came[direction]! += chunk
            _ = play.receive(chunk, from: direction)
        }
        _ = play.closed(.client)
        _ = play.closed(.server)
        #expect(play.sent[.client] == came[.client])
        #expect(play.sent[.server] == came[.server])
    }

    @Test(arguments: 0..<60) func `every octet but STARTTLS and lists leaves as it came where STARTTLS is offered`(
        seed: Int
    ) {
        var random = RepeatableRandom(state: UInt64(seed) &* 3_571 &+ 5)
        var play = Playbook(ProxyOptions(client: .starttls(.offered)))
        var came: [Direction: [UInt8]] = [.client: [], .server: []]
        let pieces = Self.pieces.filter { piece in
            !piece.starts(with: Array("g STARTTLS".utf8))
                && !String(decoding: piece, as: UTF8.self).contains("CAPABILITY")
        }
        for _ in 0..<60 {
            let direction: Direction = Bool.random(using: &random) ? .client : .server
            let piece = pieces.randomElement(using: &random)!
            let chunk = Array(piece.prefix(Int.random(in: 0...piece.count, using: &random)))
            came[direction]! += chunk
            _ = play.receive(chunk, from: direction)
        }
        _ = play.closed(.client)
        _ = play.closed(.server)
        #expect(play.sent[.client] == came[.client])
        #expect(play.sent[.server] == came[.server])
    }

    @Test(arguments: 0..<40) func `random octets leave as they came`(seed: Int) {
        for options in [ProxyOptions(), ProxyOptions.idleEdit, ProxyOptions.idleRules] {
            var random = RepeatableRandom(state: UInt64(seed) &+ 99)
            var play = Playbook(options)
            var came: [Direction: [UInt8]] = [.client: [], .server: []]
            for _ in 0..<60 {
                let direction: Direction = Bool.random(using: &random) ? .client : .server
                let count = Int.random(in: 0...400, using: &random)
                let chunk = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                came[direction]! += chunk
                _ = play.receive(chunk, from: direction)
            }
            _ = play.closed(.server)
            _ = play.closed(.client)
            #expect(play.sent[.client] == came[.client])
            #expect(play.sent[.server] == came[.server])
        }
    }
}
