public import Deflate
import IMAPProtocol
import IMAPWire
public import Traffic

// MARK: - COMPRESS=DEFLATE

extension Session {
    /// A peer that wants to switch more often than this wants to exhaust memory, not to save octets.
    private static let mostCompressions = 16

    /// Whether the server's answer to COMPRESS is awaited.
    public var awaitsCompression: Bool {
        if case .compress = self.gate { true } else { false }
    }

    /// Whether the server's answer to UNAUTHENTICATE is awaited, which ends the compression.
    public var awaitsEndOfCompression: Bool {
        if case .unauthenticate = self.gate { true } else { false }
    }

    /// Whether the streams are compressed, whoever inflates them.
    public var isCompressed: Bool { self.compression != nil }

    /// Whether the octets that ``receive(_:from:at:)`` gets are compressed.
    public var isInflating: Bool { self.compression?.isInflatedHere == true }

    /// Octets at the end of the last chunk that stand behind the tagged OK to COMPRESS. They are compressed, and whoever
    /// inflates for the session hands them in again when they are not.
    public var unread: Int { self.unreadOctets }

    /// Counts what came from a peer, for a session that gets inflated octets.
    public mutating func countCompressed(_ octets: Int, from direction: Direction) {
        var totals = self.compressionTotals ?? CompressionTotals()
        totals[direction].compressed += UInt64(octets)
        self.compressionTotals = totals
    }

    /// The streams cannot be inflated any further, in either direction: answers without their commands mean little.
    public mutating func inflatingFailed(_ error: InflateError, _ direction: Direction, at time: Timestamp) {
        self.report(.inflating(error, direction, at: self.octets(direction)), at: time)
        self.becomeOpaque(.deflate)
        self.drainHeld(at: time)
    }

    /// The DEFLATE stream of `direction` has ended, and octets come behind it: nothing is read any more.
    public mutating func octetsFollowDeflate(_ count: Int, _ direction: Direction, at time: Timestamp) {
        self.report(.octetsBehindDeflate(count, direction, at: self.octets(direction)), at: time)
        self.becomeOpaque(.deflate)
        self.drainHeld(at: time)
    }

    // MARK: - The switch

    /// COMPRESS was answered with OK (RFC 4978 section 3): compressed are the server's octets from the next one on, and
    /// the client's from the one after its command.
    mutating func beginCompression(_ message: inout Message) {
        guard self.compression == nil else {
            message.findings.append(.compressedTwice(at: message.offset))
            return
        }
        var handling = TransportChange.Handling.inflated
        do throws(InflateError) {
            self.compressions += 1
            guard self.compressions <= Self.mostCompressions else {
                throw InflateError(.outOfMemory, offset: 0, produced: 0)
            }
            self.compression = try Compression(isInflatedHere: self.inflates, self.options.inflate)
            if !self.inflates { handling = .terminated } else if self.options.isRelayed { handling = .relayed }
        } catch {
            message.findings.append(.inflating(error, .server, at: message.offset))
            self.becomeOpaque(.deflate)
            handling = .unread
        }
        self.compressionTotals = self.compressionTotals ?? CompressionTotals()
        if !self.held.isEmpty {
            message.findings.append(
                .octetsBeforeSwitch(self.held.count, layer: "DEFLATE", at: self.client.offset)
            )
            if self.isInflating {
                self.heldCompressed.append(self.held.takeAll())
            } else if self.isCompressed {
                self.held.removeAll()
            }
        }
        self.serverSwitched = true
        message.consequences.append(
            .transportChange(
                TransportChange(
                    layer: .deflate,
                    clientOffset: self.client.offset,
                    serverOffset: message.offset + message.length,
                    handling: handling,
                    time: message.time
                )
            )
        )
    }

    /// UNAUTHENTICATE was answered with OK (RFC 8437 section 4.1): the compression of the server's stream ends behind the
    /// answer, that of the client's has ended behind the command. TLS stays.
    mutating func endCompression() {
        guard let compression = self.compression else { return }
        guard compression.isInflatedHere else {
            self.compression = nil
            return
        }
        compression.client?.ends = true
        compression.server?.ends = true
    }

    // MARK: - Inflating

    /// Octets of the stream as they come: inflated first where they are compressed.
    mutating func take(_ bytes: RawSpan, from direction: Direction, at time: Timestamp) {
        guard self.opaqueLayer == nil, let compression = self.compression, let stream = compression[direction],
            !stream.isOver
        else {
            if self.compression?.isInflatedHere == false {
                self.compressionTotals?[direction].inflated += UInt64(bytes.byteCount)
            }
            self.read(bytes, from: direction, at: time)
            return
        }
        if direction == .client, self.awaitsEndOfCompression {
            self.holdCompressed(bytes, at: time)
            return
        }
        let before = stream.inflater.taken
        if stream.ends { stream.inflater.endAtFlush() }
        var failure: InflateError?
        do throws(InflateError) {
            _ = try stream.inflater.inflate(bytes) { piece in
                self.compressionTotals?[direction].inflated += UInt64(piece.byteCount)
                self.read(piece, from: direction, at: time)
                if direction == .client, self.awaitsEndOfCompression { return .pause }
                return stream.ends ? .end : self.isOpaque ? .pause : .more
            }
        } catch {
            failure = error
        }
        let taken = Int(stream.inflater.taken - before)
        self.countCompressed(taken, from: direction)
        if let failure, self.opaqueLayer == nil { self.inflatingFailed(failure, direction, at: time) }
        self.takeRest(bytes.extracting(taken..<bytes.byteCount), stream, from: direction, at: time)
    }

    /// What the inflater left.
    private mutating func takeRest(
        _ rest: RawSpan,
        _ stream: Compression.Stream,
        from direction: Direction,
        at time: Timestamp
    ) {
        stream.isOver = stream.ends && stream.inflater.hasEnded
        if self.compression?.isOver == true { self.compression = nil }
        guard rest.byteCount > 0 else { return }
        if self.opaqueLayer == nil, stream.inflater.hasEnded, !stream.ends {
            self.octetsFollowDeflate(rest.byteCount, direction, at: time)
        }
        // Behind the end of the compression, undecided, or unread.
        let isUndecided = direction == .client && self.awaitsEndOfCompression
        guard stream.isOver || isUndecided || self.opaqueLayer != nil else {
            let error = InflateError(
                .corrupt(reason: "no progress"),
                offset: stream.inflater.taken,
                produced: stream.inflater.produced
            )
            self.inflatingFailed(error, direction, at: time)
            return self.read(rest, from: direction, at: time)
        }
        self.take(rest, from: direction, at: time)
    }

    private mutating func holdCompressed(_ bytes: RawSpan, at time: Timestamp) {
        self.heldCompressed.append(bytes)
        guard self.heldCompressed.count > self.options.heldOctets else { return }
        self.report(.desynchronised(.client, held: self.options.heldOctets, at: self.client.offset), at: time)
        self.becomeOpaque(.deflate)
        self.drainHeld(at: time)
    }
}
