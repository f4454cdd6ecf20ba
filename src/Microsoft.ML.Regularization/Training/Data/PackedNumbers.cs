using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Numbers of at most 256 different values, a byte for each: those of pixels, whatever their scale, or of flags. They come back bit for bit.</summary>
internal sealed class PackedNumbers
{
    private const int MostValues = 256;

    // Four times as many places as values keep searches short.
    private const int Places = 4 * MostValues;

    private readonly byte[] _codes;
    private readonly float[] _values;

    private PackedNumbers(byte[] codes, float[] values) => (_codes, _values) = (codes, values);

    public long Bytes => _codes.Length + (sizeof(float) * _values.Length);

    /// <summary>Packs numbers; false where they have too many values.</summary>
    public static bool TryPack(ReadOnlySpan<float> numbers, [NotNullWhen(true)] out PackedNumbers? packed)
    {
        packed = null;
        Span<short> places = stackalloc short[Places];
        places.Fill(-1);
        var (codes, values, count) = (new byte[numbers.Length], new float[MostValues], 0);
        for (var i = 0; i < numbers.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(numbers[i]);
            var place = (int)((bits * 0x9E3779B1u) >> 22);
            while (places[place] >= 0 && BitConverter.SingleToUInt32Bits(values[places[place]]) != bits)
                place = (place + 1) % Places;
            if (places[place] < 0)
            {
                if (count == MostValues)
                    return false;
                values[count] = numbers[i];
                places[place] = (short)count++;
            }

            codes[i] = (byte)places[place];
        }

        packed = new PackedNumbers(codes, values);
        return true;
    }

    /// <summary>Writes some of the numbers.</summary>
    /// <param name="start">The first.</param>
    /// <param name="numbers">As many as are wanted.</param>
    public void CopyTo(int start, Span<float> numbers)
    {
        var codes = _codes.AsSpan(start, numbers.Length);
        for (var i = 0; i < codes.Length; i++)
            numbers[i] = _values[codes[i]];
    }
}
