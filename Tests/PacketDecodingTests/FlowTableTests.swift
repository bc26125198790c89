import PacketDecoding
import Testing
import Traffic

struct FlowTableTests {
    private final class Log {
        var ends: [String] = []
    }

    private static func segment(_ port: UInt16, _ flags: TCPFlags = [.ack], sequence: UInt32 = 100) -> TCPSegment {
        TCPSegment(
            source: SocketAddress(address: IPAddress(ipv4: 9), port: port),
            destination: TCPScript.server,
            sequence: sequence,
            acknowledgement: 1,
            flags: flags,
            payload: 0..<0,
            missing: 0
        )
    }

    private static func table(_ limits: FlowLimits, _ log: Log) -> FlowTable<TCPScript.Observer> {
        FlowTable(
            limits: limits,
            begin: { key, _, _ in TCPScript.Observer(said: ["\(key.second.port)"]) },
            end: { observer, why in log.ends.append("\(observer.said[0]) \(why)") }
        )
    }

    @Test
    func `the connection that was silent longest makes room`() {
        let log = Log()
        var limits = FlowLimits.standard
        limits.flows = 2
        var table = Self.table(limits, log)
        for port: UInt16 in [1, 2, 1, 3] {
            table.receive(Self.segment(port), payload: RawSpan(), at: Timestamp(seconds: Int64(port)))
        }
        #expect(log.ends == ["2 crowded"])
        table.finish()
        #expect(log.ends == ["2 crowded", "1 endOfCapture", "3 endOfCapture"])
        #expect(table.count == 0)
    }

    @Test
    func `silent connections are forgotten, closed ones sooner`() {
        let log = Log()
        var limits = FlowLimits.standard
        limits.idleTime = 100_000_000_000
        limits.lingerTime = 10_000_000_000
        var table = Self.table(limits, log)
        table.receive(Self.segment(1, [.rst]), payload: RawSpan(), at: Timestamp(seconds: 0))
        table.receive(Self.segment(2), payload: RawSpan(), at: Timestamp(seconds: 1))
        table.receive(Self.segment(3), payload: RawSpan(), at: Timestamp(seconds: 102))
        #expect(log.ends.last == "2 idle")
        #expect(table.count == 1)
    }

    @Test
    func `ports that are used again begin another connection`() {
        let log = Log()
        var table = Self.table(.standard, log)
        table.receive(Self.segment(1, [.syn], sequence: 5), payload: RawSpan(), at: .zero)
        table.receive(Self.segment(1, [.syn], sequence: 5), payload: RawSpan(), at: .zero)
        #expect(log.ends.isEmpty)
        table.receive(Self.segment(1, [.syn], sequence: 50_000), payload: RawSpan(), at: .zero)
        #expect(log.ends == ["1 reused"])
    }

    @Test
    func `over the common limit the connections that hold most hand on, until a quarter is free`() {
        var limits = FlowLimits.standard
        // Each segment of one octet costs 161: ten of them are too many, six leave a quarter free.
        limits.heldOctets = 1500
        var table = Self.table(limits, Log())
        var said: [UInt16: [String]] = [:]
        let order: [UInt16] = [2, 2, 2, 2, 1, 1, 3, 3, 3, 2]
        for port: UInt16 in [1, 2, 3] { table.receive(Self.segment(port), payload: RawSpan(), at: .zero) }
        for (index, port) in order.enumerated() {
            var segment = Self.segment(port, sequence: 100 + UInt32(order[..<index].count { $0 == port }))
            // What the server said until then is not in the capture.
            segment.acknowledgement = 51
            segment.payload = 0..<1
            let flow = table.receive(segment, payload: "x".utf8.span.bytes, at: .zero)
            said[port] = flow.reader.said.dropFirst().map { $0 }
        }
        #expect(said[2]?.contains { $0.hasSuffix(":xxxxx") } == true)
        #expect(said[1] == [])
        #expect(said[3] == [])
    }
}
