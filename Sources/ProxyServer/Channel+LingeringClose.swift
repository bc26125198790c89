import NIOCore

extension Channel {
    /// How long a peer gets to close, or to take any octet of what is still to be written.
    private static var patience: TimeAmount { .seconds(2) }

    /// The same for a peer that has ended its own stream as it should: it may read as slowly as it likes, but it reads.
    private static var longPatience: TimeAmount { .seconds(30) }

    /// Closes when everything written has left, or cannot leave.
    ///
    /// A socket that is closed while octets are unread sends RST, and that RST can destroy a BYE before the peer has read
    /// it. So the FIN goes first, and what still comes is read and forgotten until the peer closes too.
    ///
    /// - Parameter inputClosed: the peer has sent its FIN: nothing more can come from it.
    func closeWhenWritten(inputClosed: Bool) {
        guard self.isActive else {
            self.close(promise: nil)
            return
        }
        self.closeWhenStuck(pending: self.pendingOctets, patience: inputClosed ? Self.longPatience : Self.patience)
        self.writeAndFlush(self.allocator.buffer(capacity: 0)).whenComplete { result in
            guard case .success = result, !inputClosed else {
                self.close(promise: nil)
                return
            }
            self.close(mode: .output, promise: nil)
            _ = self.setOption(.autoRead, value: true)
        }
    }

    /// Sends the FIN behind everything that was written.
    ///
    /// NIO's own half-close waits for that too, but forgets it when the peer's FIN comes meanwhile.
    func closeOutputWhenWritten() {
        self.writeAndFlush(self.allocator.buffer(capacity: 0)).whenComplete { _ in
            self.close(mode: .output, promise: nil)
        }
    }

    /// Closes when the peer has taken nothing within `patience`. A slow reader that does read is waited for.
    private func closeWhenStuck(pending: Int, patience: TimeAmount) {
        let deadline = self.eventLoop.scheduleTask(in: patience) {
            let left = self.pendingOctets
            guard left > 0, left < pending else {
                self.close(promise: nil)
                return
            }
            self.closeWhenStuck(pending: left, patience: patience)
        }
        self.closeFuture.whenComplete { _ in deadline.cancel() }
    }

    /// Octets that were written and have not left for the socket.
    private var pendingOctets: Int {
        guard let options = self.syncOptions else { return 0 }
        return (try? options.getOption(.bufferedWritableBytes)) ?? 0
    }
}
