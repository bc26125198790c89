import NIOCore
import Synchronization
import TLSTransport
import Traffic

/// What the connections of one event loop share. Lives on that loop only.
final class LoopState {
    let eventLoop: any EventLoop
    let configuration: ProxyConfiguration
    let outputs: any SessionOutputs
    let receiveBuffer = SharedReceiveBuffer()
    let boundReceiveBuffer: NIOLoopBound<SharedReceiveBuffer>
    /// What the TLS handlers of the loop use in turn.
    let tlsBuffers: TLSBuffers
    let census: Census
    let upstreamCertificates: UpstreamCertificates
    var certificates = KnownCertificates()
    private var drivers: [ConnectionID: ConnectionDriver] = [:]
    private var isFlushScheduled = false
    private var outputsAreBlocked = false

    init(
        eventLoop: any EventLoop,
        configuration: ProxyConfiguration,
        outputs: any SessionOutputs,
        census: Census,
        upstreamCertificates: UpstreamCertificates
    ) {
        self.eventLoop = eventLoop
        self.configuration = configuration
        self.outputs = outputs
        self.census = census
        self.upstreamCertificates = upstreamCertificates
        let receiveBuffer = self.receiveBuffer
        self.tlsBuffers = TLSBuffers(reuseInput: { receiveBuffer.put($0) })
        self.boundReceiveBuffer = NIOLoopBound(self.receiveBuffer, eventLoop: eventLoop)
    }

    func began(_ driver: ConnectionDriver) {
        self.drivers[driver.id] = driver
        if self.outputsAreBlocked { driver.input(.outputsBlocked(true)) }
    }

    func ended(_ id: ConnectionID) {
        guard self.drivers.removeValue(forKey: id) != nil else { return }
        self.census.ended()
    }

    /// Has the outputs written once this turn of the loop is over.
    func scheduleFlush() {
        guard !self.isFlushScheduled else { return }
        self.isFlushScheduled = true
        self.eventLoop.assumeIsolated().execute {
            self.isFlushScheduled = false
            self.outputs.flush()
        }
    }

    func setOutputsBlocked(_ isBlocked: Bool) {
        guard self.outputsAreBlocked != isBlocked else { return }
        self.outputsAreBlocked = isBlocked
        self.tellAll(.outputsBlocked(isBlocked))
    }

    func tellAll(_ input: ConnectionDriver.Input) {
        for driver in Array(self.drivers.values) { driver.input(input) }
    }
}

/// Counts the connections of all event loops.
final class Census: Sendable {
    private struct Counts {
        var numbered: UInt64 = 0
        var open = 0
        var waiting: [EventLoopPromise<Void>] = []
    }

    private let counts = Mutex(Counts())

    /// The number of a new connection, or nil when there are `maximum` already.
    func began(maximum: Int) -> ConnectionID? {
        self.counts.withLock { counts in
            guard counts.open < maximum else { return nil }
            counts.open += 1
            counts.numbered += 1
            return ConnectionID(counts.numbered)
        }
    }

    func ended() {
        let promises = self.counts.withLock { counts -> [EventLoopPromise<Void>] in
            counts.open -= 1
            guard counts.open == 0 else { return [] }
            defer { counts.waiting = [] }
            return counts.waiting
        }
        for promise in promises { promise.succeed() }
    }

    var open: Int { self.counts.withLock { $0.open } }

    /// Succeeds when no connection is open.
    func whenEmpty(on loop: any EventLoop) -> EventLoopFuture<Void> {
        let promise = loop.makePromise(of: Void.self)
        let isEmpty = self.counts.withLock { counts in
            if counts.open > 0 { counts.waiting.append(promise) }
            return counts.open == 0
        }
        if isEmpty { promise.succeed() }
        return promise.futureResult
    }
}
