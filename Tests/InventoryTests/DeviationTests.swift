import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Testing
import Traffic

/// Every deviation is played whole, octet by octet and cut at every place; the session must notice it by name, count every
/// octet, and read the next command as if nothing had been.
@Suite("Deviations of real servers and clients")
struct DeviationTests {
    @Test("each row has an example with a quirk, or a reason", arguments: Deviation.all)
    func isAccountedFor(_ deviation: Deviation) {
        #expect(!deviation.quirks.isEmpty != !deviation.reason.isEmpty)
        #expect(deviation.quirks.isEmpty || !deviation.steps.isEmpty)
        for quirk in deviation.quirks { #expect(Quirk.named(quirk) != nil, "no quirk \(quirk)") }
    }

    @Test("a quirk is noted by its name, in one piece and octet by octet", arguments: Deviation.all)
    func isNoted(_ deviation: Deviation) {
        for cut in [Cut.none, .everyOctet] {
            let seen = play(deviation, cut)
            for quirk in deviation.quirks {
                #expect(seen.findings.contains(quirk), "\(quirk) is missing among \(seen.findings)")
            }
            // What is allowed must not be told as a quirk of any line.
            if deviation.quirks.isEmpty, deviation.list != "own" {
                let notes = seen.notes.filter { $0 != "preauth-without-tls" }
                #expect(notes == [], "\(notes)")
            }
        }
    }

    @Test("after a deviation the next command is understood, wherever the octets were cut", arguments: Deviation.all)
    func survives(_ deviation: Deviation) {
        guard !deviation.steps.isEmpty else { return }
        var cuts: [Cut] = [.none, .everyOctet]
        for (number, step) in deviation.steps.enumerated() where step.octets.count < 400 {
            cuts += step.octets.indices.dropFirst().map { Cut.at(step: number, octet: $0) }
        }
        for cut in cuts {
            let seen = play(deviation, cut, probe: true)
            #expect(seen.probeAnswered, "cut \(cut): \(seen.findings)")
            #expect(seen.clientOctets == seen.clientSent)
            #expect(seen.serverOctets == seen.serverSent)
            #expect(seen.tiles, "messages do not tile the stream when cut \(cut)")
        }
    }

    @Test("every quirk is shown by some row")
    func isComplete() {
        let shown = Set(Deviation.all.flatMap(\.quirks))
        #expect(Quirk.all.map(\.id).filter { !shown.contains($0) } == [])
        #expect(Set(Quirk.all.map(\.id)).count == Quirk.all.count)
        #expect(Deviation.all.count > 150)
    }
}

enum Cut: Sendable {
    case none
    case everyOctet
    case at(step: Int, octet: Int)
}

/// What a session said of a deviation.
final class Seen: SessionObserver {
    var findings: [String] = []
    var notes: [String] = []
    var probeAnswered = false
    var tiles = true
    var clientSent: UInt64 = 0
    var serverSent: UInt64 = 0
    var clientOctets: UInt64 = 0
    var serverOctets: UInt64 = 0
    private var next: [Direction: UInt64] = [:]

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        if self.next[message.direction, default: 0] != message.offset { self.tiles = false }
        self.next[message.direction] = message.offset + message.length
        for finding in message.findings { self.note(finding) }
        if let exchange = message.completes, exchange.tag == "zz", exchange.status == .ok { self.probeAnswered = true }
    }

    func announced(_ message: Message, text: RawSpan) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan) {}

    func event(_ event: SessionEvent) {
        switch event {
        case .finding(let finding, _): self.note(finding)
        case .opaque(let direction, let octets, _): self.next[direction, default: 0] += UInt64(octets)
        case .ended(let summary):
            self.clientOctets = summary.clientOctets
            self.serverOctets = summary.serverOctets
        default: break
        }
    }

    private func note(_ finding: Finding) {
        self.findings.append(finding.id)
        if finding.isNote { self.notes.append(finding.id) }
    }
}

func play(_ deviation: Deviation, _ cut: Cut, probe: Bool = false) -> Seen {
    let seen = Seen()
    var session = Session(
        description: SessionDescription(
            connection: ConnectionID(1),
            client: Endpoint(host: "127.0.0.1", port: 50000),
            server: Endpoint(host: "127.0.0.1", port: 143),
            clientLeg: "cleartext",
            upstreamLeg: "cleartext",
            time: .zero
        ),
        observer: seen
    )
    func send(_ octets: [UInt8], _ isClient: Bool) {
        if isClient { seen.clientSent += UInt64(octets.count) } else { seen.serverSent += UInt64(octets.count) }
        session.receive(octets.span.bytes, from: isClient ? .client : .server, at: .zero)
    }
    var steps = deviation.steps
    if probe {
        steps += [
            Deviation.Step(isClient: true, octets: Array("zz NOOP\r\n".utf8)),
            Deviation.Step(isClient: false, octets: Array("* 9 EXISTS\r\nzz OK done\r\n".utf8)),
        ]
    }
    for (number, step) in steps.enumerated() {
        switch cut {
        case .at(number, let octet):
            send(Array(step.octets[..<octet]), step.isClient)
            send(Array(step.octets[octet...]), step.isClient)
        case .everyOctet where step.octets.count < 2000: for octet in step.octets { send([octet], step.isClient) }
        default: send(step.octets, step.isClient)
        }
    }
    session.ended(at: .zero)
    return seen
}
