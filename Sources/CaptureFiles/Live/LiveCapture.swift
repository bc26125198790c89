import CPcap
public import PacketDecoding
import Traffic

/// What the kernel counted while packets were captured.
public struct LiveCounts: Sendable, Hashable {
    /// Packets that the filter let through.
    public var received: UInt64
    /// Those of them that came while the ring buffer was full.
    public var droppedByKernel: UInt64
    /// Those that the interface or its driver lost.
    public var droppedByInterface: UInt64

    public init(received: UInt64, droppedByKernel: UInt64 = 0, droppedByInterface: UInt64 = 0) {
        self.received = received
        self.droppedByKernel = droppedByKernel
        self.droppedByInterface = droppedByInterface
    }
}

/// Packets as they pass an interface, through libpcap.
public final class LiveCapture {
    public struct Options: Sendable, Hashable {
        /// In the language of pcap-filter(7); empty: all packets.
        public var filter: String
        /// Octets of the ring buffer between kernel and program.
        public var bufferOctets: Int
        /// The most octets of a packet.
        public var snapLength: Int
        /// Whether packets for other hosts are wanted.
        public var isPromiscuous: Bool

        public init(
            filter: String,
            bufferOctets: Int = 32 << 20,
            snapLength: Int = 262_144,
            isPromiscuous: Bool = false
        ) {
            self.filter = filter
            self.bufferOctets = bufferOctets
            self.snapLength = snapLength
            self.isPromiscuous = isPromiscuous
        }
    }

    public let interface: String
    /// Becomes readable when there are packets.
    public let descriptor: Int32
    private let handle: OpaquePointer
    private let link: LinkType
    /// Whether fractions of seconds come in nanoseconds.
    private let countsNanoseconds: Bool

    /// Milliseconds that the kernel collects packets before it tells of them.
    private static let patience: Int32 = 50

    public init(interface: String, options: Options) throws(LiveCaptureError) {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let handle = pcap_create(interface, &message) else {
            throw LiveCaptureError(.other, interface: interface, reason: bufferText(message))
        }
        self.interface = interface
        self.handle = handle
        pcap_set_snaplen(handle, Int32(clamping: options.snapLength))
        pcap_set_promisc(handle, options.isPromiscuous ? 1 : 0)
        pcap_set_timeout(handle, Self.patience)
        pcap_set_buffer_size(handle, Int32(clamping: options.bufferOctets))
        self.countsNanoseconds = pcap_set_tstamp_precision(handle, Int32(PCAP_TSTAMP_PRECISION_NANO)) == 0
        let status = pcap_activate(handle)
        guard status >= 0 else {
            let error = Self.error(status, handle, interface)
            pcap_close(handle)
            throw error
        }
        // On Linux the DLT of raw IP is 12; in files it is 101 (pcap-linktype(7)).
        let link = UInt32(bitPattern: pcap_datalink(handle))
        self.link = link == 12 ? .raw : LinkType(rawValue: link)
        self.descriptor = pcap_get_selectable_fd(handle)
        // From here on all there is to close is closed by deinit, also where this throws.
        try Self.apply(options.filter, to: handle, interface)
        guard pcap_setnonblock(handle, 1, &message) == 0, self.descriptor >= 0 else {
            throw LiveCaptureError(.other, interface: interface, reason: bufferText(message))
        }
    }

    deinit { pcap_close(self.handle) }

    private static func apply(_ filter: String, to handle: OpaquePointer, _ interface: String) throws(LiveCaptureError)
    {
        guard !filter.isEmpty else { return }
        var program = bpf_program()
        guard pcap_compile(handle, &program, filter, 1, PCAP_NETMASK_UNKNOWN) == 0 else {
            throw LiveCaptureError(.filter, interface: interface, reason: String(cString: pcap_geterr(handle)))
        }
        defer { pcap_freecode(&program) }
        guard pcap_setfilter(handle, &program) == 0 else {
            throw LiveCaptureError(.filter, interface: interface, reason: String(cString: pcap_geterr(handle)))
        }
    }

    private static func error(_ status: Int32, _ handle: OpaquePointer, _ interface: String) -> LiveCaptureError {
        let detail = String(cString: pcap_geterr(handle))
        let reason = detail.isEmpty ? String(cString: pcap_statustostr(status)) : detail
        let code: LiveCaptureError.Code =
            switch status {
            case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED: .noPermission
            case PCAP_ERROR_NO_SUCH_DEVICE: .noSuchInterface
            case PCAP_ERROR_IFACE_NOT_UP: .interfaceIsDown
            default: .other
            }
        return LiveCaptureError(code, interface: interface, reason: reason)
    }

    /// Calls `body` with the next packet that is there; false when there is none now.
    public func next(_ body: (PacketRecord, RawSpan) -> Void) throws(LiveCaptureError) -> Bool {
        var header: UnsafeMutablePointer<pcap_pkthdr>?
        var octets: UnsafePointer<UInt8>?
        switch pcap_next_ex(self.handle, &header, &octets) {
        case 1: break
        case 0: return false
        default:
            throw LiveCaptureError(.other, interface: self.interface, reason: String(cString: pcap_geterr(self.handle)))
        }
        guard let header = header?.pointee, let octets else { return false }
        let count = Int(header.caplen)
        let fraction = Int64(header.ts.tv_usec) * (self.countsNanoseconds ? 1 : 1_000)
        let record = PacketRecord(
            link: self.link,
            time: Timestamp(seconds: Int64(header.ts.tv_sec), nanoseconds: fraction),
            octets: 0..<count,
            originalLength: Int(header.len)
        )
        body(record, UnsafeRawBufferPointer(start: octets, count: count).bytes)
        return true
    }

    /// What was counted until now; nil where the interface counts nothing.
    public var counts: LiveCounts? {
        var counts = pcap_stat()
        guard pcap_stats(self.handle, &counts) == 0 else { return nil }
        return LiveCounts(
            received: UInt64(counts.ps_recv),
            droppedByKernel: UInt64(counts.ps_drop),
            droppedByInterface: UInt64(counts.ps_ifdrop)
        )
    }
}
