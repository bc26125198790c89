import NIOCore

extension Channel {
    /// How long a peer gets to take the last octets and to close.
    private static var lingering: TimeAmount { .seconds(2) }

    /// Closes when everything written has left, or cannot leave.
    ///
    /// A socket that is closed while octets are unread sends RST, and that RST can destroy a BYE before the peer has read
    /// it. So the FIN goes first, and what still comes is read and forgotten until the peer closes too.
    func closeWhenWritten(inputClosed: Bool) {
        guard self.isActive else {
            self.close(promise: nil)
            return
        }
        let deadline = self.eventLoop.scheduleTask(in: Self.lingering) { self.close(promise: nil) }
        self.closeFuture.whenComplete { _ in deadline.cancel() }
        self.writeAndFlush(self.allocator.buffer(capacity: 0)).whenComplete { result in
            guard case .success = result, !inputClosed else {
                self.close(promise: nil)
                return
            }
            self.close(mode: .output, promise: nil)
            _ = self.setOption(.autoRead, value: true)
        }
    }
}
