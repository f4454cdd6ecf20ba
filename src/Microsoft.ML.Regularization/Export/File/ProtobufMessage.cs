using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Regularization.Export;

/// <summary>
/// Writes one message in protobuf's wire format. That is a tag and a length before each field and no more, so that the library brings no
/// Google.Protobuf and no generated classes into programs that may never export anything.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int VarintType = 0;
    private const int BytesType = 2;
    private const int Fixed32Type = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public void WriteTo(Stream stream) => stream.Write(_bytes.WrittenSpan);

    public void Add(int field, long value)
    {
        Tag(field, VarintType);
        Varint((ulong)value);
    }

    public void Add(int field, float value)
    {
        Tag(field, Fixed32Type);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    public void Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    public void Add(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, BytesType);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    public void Add(int field, ProtobufMessage message) => Add(field, message._bytes.WrittenSpan);

    private void Tag(int field, int type) => Varint((ulong)(field << 3 | type));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
