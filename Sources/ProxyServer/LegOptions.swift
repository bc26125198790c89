import NIOCore

extension Channel {
    /// Sets the options of a leg's socket, on its event loop.
    ///
    /// As options of a bootstrap each would be a future of its own: felt where clients connect many times a second.
    func setLegOptions(_ receiveBuffer: NIOLoopBound<SharedReceiveBuffer>) throws {
        guard let options = self.syncOptions else { return }
        try options.setOption(.autoRead, value: false)
        try options.setOption(.allowRemoteHalfClosure, value: true)
        try options.setOption(.maxMessagesPerRead, value: 1)
        try options.setOption(.writeBufferWaterMark, value: .leg)
        try options.setOption(.recvAllocator, value: SharedReceiveAllocator(receiveBuffer))
        try options.setOption(.tcpOption(.tcp_nodelay), value: 1)
        try options.setOption(.socketOption(.so_keepalive), value: 1)
    }
}

extension ChannelOptions.Types.WriteBufferWaterMark {
    /// Beyond the high mark the other leg is not read; it is read again below the low one.
    fileprivate static var leg: ChannelOptions.Types.WriteBufferWaterMark {
        ChannelOptions.Types.WriteBufferWaterMark(low: 262_144, high: 1_048_576)
    }
}
