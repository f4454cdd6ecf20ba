using System.Buffers.Binary;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>Elements of a file, of any floating-point type, as 32-bit floats.</summary>
internal static class FloatingPoint
{
    /// <summary>Bytes of an element; 0 for types that are no floating-point numbers of 16 bits and more.</summary>
    /// <param name="type">In the words of safetensors.</param>
    public static int SizeOf(string type) => type switch
    {
        TensorEntry.Double => 8,
        TensorEntry.Float => 4,
        TensorEntry.Half or TensorEntry.BrainFloat => 2,
        _ => 0,
    };

    /// <param name="bytes">Little-endian.</param>
    /// <param name="type">One that has a size.</param>
    public static float[] Read(ReadOnlySpan<byte> bytes, string type)
    {
        var size = SizeOf(type);
        var values = new float[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            var element = bytes.Slice(i * size, size);
            values[i] = type switch
            {
                TensorEntry.Float => BinaryPrimitives.ReadSingleLittleEndian(element),
                TensorEntry.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                _ => Of16Bits(BinaryPrimitives.ReadUInt16LittleEndian(element), type),
            };
        }

        return values;
    }

    /// <param name="bits">The number.</param>
    /// <param name="type">Half, or brain float, whose bits are the upper half of a 32-bit float's.</param>
    public static float Of16Bits(ushort bits, string type) =>
        type == TensorEntry.Half ? (float)BitConverter.UInt16BitsToHalf(bits) : BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
