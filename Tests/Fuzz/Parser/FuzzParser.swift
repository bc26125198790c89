import FuzzEntries

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ octets: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    ParserFuzz.run(UnsafeBufferPointer(start: octets, count: count))
    return 0
}
