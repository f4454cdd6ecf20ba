using System.Runtime.Intrinsics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Randomness;

/// <summary>The random numbers that belong to one key and one row or item: draw n is a function of these and n alone.</summary>
internal struct KeyedStream
{
    private readonly RandomKey _key;
    private readonly uint _itemLow;
    private readonly uint _itemHigh;
    private uint _block;
    private int _word;
    private Vector128<uint> _words;

    public KeyedStream(RandomKey key, ulong item)
    {
        _key = key;
        _itemLow = (uint)item;
        _itemHigh = (uint)(item >> 32);
        _word = Vector128<uint>.Count;
    }

    public KeyedStream(RandomKey key, DataViewRowId row)
        : this(row.High == 0 ? key : key.Derive(row.High), row.Low)
    {
    }

    /// <summary>Other numbers of the same row or item, whatever was drawn of these.</summary>
    public readonly KeyedStream Branch(ulong purpose) => new(_key.Derive(purpose), _itemLow | (ulong)_itemHigh << 32);

    public uint NextUInt32()
    {
        if (_word == Vector128<uint>.Count)
        {
            _words = Philox.Block(Vector128.Create(_itemLow, _itemHigh, _block++, 0), _key);
            _word = 0;
        }

        return _words[_word++];
    }

    public ulong NextUInt64() => NextUInt32() | (ulong)NextUInt32() << 32;

    /// <summary>A key of one's own, for generators that draw many numbers at once.</summary>
    public RandomKey NextKey() => new(NextUInt32(), NextUInt32());

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1ul << 53));

    /// <summary>Uniform in (0, 1], safe to take the logarithm of.</summary>
    public double NextPositiveDouble() => 1 - NextDouble();

    /// <summary>Uniform over 0 to <paramref name="exclusiveMax"/> - 1, without modulo bias (Lemire, 2019).</summary>
    public long NextInt64(long exclusiveMax)
    {
        var range = (ulong)exclusiveMax;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = (0 - range) % range;
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), range, out low);
        }

        return (long)high;
    }

    /// <summary>Standard normal (Box and Muller, 1958).</summary>
    public double NextGaussian()
    {
        var radius = Math.Sqrt(-2 * Math.Log(NextPositiveDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }
}
