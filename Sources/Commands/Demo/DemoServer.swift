import ProxyServer
import TestServer
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The tutorial's mail server for one connection.
struct DemoServer: ServerScript {
    private var server: TestServer

    init(configuration: ServerConfiguration, store: MailStore) {
        self.server = TestServer(configuration: configuration, store: store, now: Self.now)
    }

    mutating func connected() -> [UInt8] {
        self.server.connected()
    }

    mutating func receive(_ bytes: RawSpan) -> (octets: [UInt8], close: Bool) {
        // Appended messages get the time of day.
        self.server.now = Self.now
        return self.server.receive(bytes)
    }

    private static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
    }
}
