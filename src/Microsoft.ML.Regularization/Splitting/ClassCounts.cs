using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>How much of each class the labels of rows show: hard labels count as their class, soft ones by their probabilities.</summary>
internal sealed class ClassCounts
{
    // What probabilities differ by when they were computed in another order.
    private const float Rounding = 1e-6f;

    private readonly bool[] _leads;
    private readonly bool[] _standsOut;
    private readonly float[] _least;
    private readonly float[] _most;

    public ClassCounts(int classes)
    {
        (Rows, Masses) = (new double[classes], new double[classes]);
        (_leads, _standsOut, _least, _most) = (new bool[classes], new bool[classes], new float[classes], new float[classes]);
        Array.Fill(_least, float.PositiveInfinity);
    }

    /// <summary>For each class the sum of its probabilities: of hard labels the number of rows.</summary>
    public double[] Rows { get; }

    /// <summary>For each class the sum of its probabilities by example weights.</summary>
    public double[] Masses { get; }

    /// <summary>
    /// Whether rows show a class. Smoothing gives every row the same small share of every class, which shows none: a class must have more than the least
    /// share in some row, or more in one row than in another. Rows of no weight show nothing.
    /// </summary>
    public bool Has(int k) => _standsOut[k] || _most[k] - _least[k] > Rounding;

    /// <summary>Whether a class is the most probable one of some row that has weight.</summary>
    public bool Leads(int k) => _leads[k];

    /// <summary>How many classes the rows show.</summary>
    public int Shown => Enumerable.Range(0, Rows.Length).Count(Has);

    public void Add(int k, float weight)
    {
        Rows[k]++;
        Masses[k] += weight;
        _leads[k] |= weight > 0;
        _standsOut[k] |= weight > 0;
    }

    public void Add(ReadOnlySpan<float> shares, float weight)
    {
        var least = TensorPrimitives.Min(shares);
        _leads[TensorPrimitives.IndexOfMax(shares)] |= weight > 0;
        for (var k = 0; k < shares.Length; k++)
        {
            var share = shares[k];
            Rows[k] += share;
            Masses[k] += (double)share * weight;
            if (weight > 0)
            {
                _standsOut[k] |= share > least + Rounding;
                (_least[k], _most[k]) = (Math.Min(_least[k], share), Math.Max(_most[k], share));
            }
        }
    }

    /// <summary>The masses of the classes that rows show, and 0 of the others, whatever smoothing gave them; all masses where no class is shown.</summary>
    public double[] ShownMasses() => Shown == 0 ? Masses : [.. Masses.Select((mass, k) => Has(k) ? mass : 0)];
}
