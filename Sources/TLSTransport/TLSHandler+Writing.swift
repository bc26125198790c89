public import NIOCore

/// A write that waits for a flush or for the end of the handshake.
struct PendingWrite {
    var buffer: ByteBuffer
    var promise: EventLoopPromise<Void>?
}

struct HeldClose {
    var promise: EventLoopPromise<Void>?
}

extension TLSHandler {
    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard self.state != .failed, !self.outputClosed, self.heldClose == nil else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        self.writes.append(PendingWrite(buffer: self.unwrapOutboundIn(data), promise: promise))
    }

    public func flush(context: ChannelHandlerContext) {
        self.flushed = self.writes.count
        if self.state == .established { self.encrypt(context) }
        context.flush()
    }

    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch (mode, self.state) {
        case (.output, .established):
            self.flushed = self.writes.count
            self.encrypt(context)
            self.sendCloseNotify(context)
            context.close(mode: .output, promise: promise)
        case (.output, .handshaking):
            guard self.heldClose == nil else {
                promise?.fail(ChannelError.outputClosed)
                return
            }
            self.flushed = self.writes.count
            self.heldClose = HeldClose(promise: promise)
        case (.all, .established):
            self.encrypt(context)
            self.sendCloseNotify(context)
            context.close(mode: .all, promise: promise)
        default: context.close(mode: mode, promise: promise)
        }
    }

    /// Sends what waited for the handshake.
    func established(_ context: ChannelHandlerContext) {
        guard self.state == .established else { return }
        if self.flushed > 0 {
            self.encrypt(context)
            context.flush()
        }
        guard let close = self.heldClose, self.state == .established else { return }
        self.heldClose = nil
        self.sendCloseNotify(context)
        context.close(mode: .output, promise: close.promise)
    }

    private func sendCloseNotify(_ context: ChannelHandlerContext) {
        guard self.state == .established, !self.outputClosed else { return }
        self.outputClosed = true
        if self.truncates {
            self.connection?.endSilently()
            return
        }
        self.connection?.shutdown()
        self.sendWaitingOutput(context, flush: true)
    }

    /// Sends handshake messages and alerts.
    func sendWaitingOutput(_ context: ChannelHandlerContext, flush: Bool) {
        guard let connection = self.connection, connection.hasOutput else { return }
        var output = context.channel.allocator.buffer(capacity: 0)
        connection.drain(into: &output)
        context.write(self.wrapOutboundOut(output), promise: nil)
        if flush { context.flush() }
    }

    // MARK: - Encrypting

    /// Encrypts the flushed writes in as few records as they need: small ones share a record.
    private func encrypt(_ context: ChannelHandlerContext) {
        guard self.flushed > 0 else { return }
        let isAll = self.flushed == self.writes.count
        var group = Array(self.writes.prefix(self.flushed))[...]
        if isAll { self.writes = [] } else { self.writes.removeFirst(self.flushed) }
        self.flushed = 0
        self.sendWaitingOutput(context, flush: false)
        while let first = group.popFirst() {
            var promise = first.promise
            var gathered: ByteBuffer?
            while let next = group.first,
                (gathered ?? first.buffer).readableBytes + next.buffer.readableBytes <= TLSBuffers.record
            {
                if gathered == nil {
                    var copy = self.buffers.take(context.channel.allocator)
                    copy.writeImmutableBuffer(first.buffer)
                    gathered = copy
                }
                gathered?.writeImmutableBuffer(next.buffer)
                group.removeFirst()
                promise = Self.both(promise, next.promise)
            }
            self.encrypt(gathered ?? first.buffer, promise, context)
            if let gathered { self.buffers.put(gathered) }
        }
    }

    private func encrypt(_ plaintext: ByteBuffer, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext)
    {
        var rest = plaintext
        repeat {
            guard let connection = self.connection,
                let part = rest.readSlice(length: min(rest.readableBytes, TLSBuffers.chunk))
            else {
                promise?.fail(ChannelError.outputClosed)
                return
            }
            let records = (part.readableBytes + TLSBuffers.record - 1) / TLSBuffers.record
            let bound = part.readableBytes + records * TLSBuffers.recordOverhead
            // What a slow peer leaves unsent keeps its buffer: so small ones get small buffers.
            let isLarge = bound > TLSBuffers.capacity / 2
            var output =
                isLarge
                ? self.buffers.take(context.channel.allocator) : context.channel.allocator.buffer(capacity: bound)
            let failure = part.withUnsafeReadableBytes { connection.write($0, into: &output) }
            connection.drain(into: &output)
            context.write(
                self.wrapOutboundOut(output),
                promise: rest.readableBytes == 0 && failure == nil ? promise : nil
            )
            if isLarge { self.buffers.put(output) }
            if let failure {
                promise?.fail(failure)
                self.fail(failure, context)
                return
            }
        } while rest.readableBytes > 0
    }

    private static func both(_ first: EventLoopPromise<Void>?, _ second: EventLoopPromise<Void>?) -> EventLoopPromise<
        Void
    >? {
        guard let first else { return second }
        guard let second else { return first }
        second.futureResult.cascade(to: first)
        return second
    }
}
