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
}
