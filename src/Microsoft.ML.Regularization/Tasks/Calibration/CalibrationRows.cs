using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>
/// Logits of rows with their targets, and the logarithmic loss that they have at a temperature. Of very many rows only every second, fourth, ... is kept.
/// </summary>
/// <param name="outputs">Outputs of the network: 1 for two classes, whose logit of the second it is.</param>
/// <param name="keepsTargets">Whether the rows' targets are kept too, for the loss with offsets.</param>
internal sealed class CalibrationRows(int outputs, bool keepsTargets = false)
{
    private const int MostNumbers = 1 << 22;

    // Logits less the row's greatest, and per row: the weight, with that of its classes, and the weighted mean of its logits by the target.
    private readonly List<float> _logits = [];
    private readonly List<double> _weights = [];
    private readonly List<double> _expected = [];
    private readonly List<float> _targets = [];
    private readonly float[] _row = new float[Math.Max(2, outputs)];
    private long _stride = 1;

    /// <summary>Rows that were taken in; those of weight 0 are not.</summary>
    public long Seen { get; private set; }

    private int Classes => _row.Length;

    /// <param name="logits">The network's outputs.</param>
    /// <param name="target">The share of each class, times its weight.</param>
    /// <param name="weight">The row's.</param>
    public void Add(ReadOnlySpan<float> logits, ReadOnlySpan<float> target, float weight)
    {
        if (weight == 0 || Seen++ % _stride != 0)
            return;
        if (_logits.Count + Classes > MostNumbers)
            Halve();

        _row[0] = 0;
        logits.CopyTo(_row.AsSpan(Classes - outputs));
        TensorPrimitives.Subtract(_row, TensorPrimitives.Max<float>(_row), _row);
        var (sum, expected) = (0.0, 0.0);
        for (var k = 0; k < Classes; k++)
        {
            sum += target[k];
            expected += target[k] == 0 ? 0 : target[k] * (double)_row[k];
        }

        _logits.AddRange(_row);
        _weights.Add(weight * sum);
        _expected.Add(weight * expected);
        for (var k = 0; k < Classes && keepsTargets; k++)
            _targets.Add(weight * target[k]);
    }

    /// <summary>The mean loss at a temperature, and its derivative by the factor <c>1 / temperature</c>.</summary>
    /// <param name="factor">1 over the temperature.</param>
    /// <returns>Per unit of weight. NaN where a logit is not finite.</returns>
    public (double Loss, double Slope) At(double factor)
    {
        var logits = CollectionsMarshal.AsSpan(_logits);
        Span<float> powers = Classes <= 1024 ? stackalloc float[Classes] : new float[Classes];
        var (loss, slope, weights) = (0.0, 0.0, 0.0);
        for (var row = 0; row < _weights.Count; row++)
        {
            var own = logits.Slice(row * Classes, Classes);
            TensorPrimitives.Multiply(own, (float)factor, powers);
            TensorPrimitives.Exp(powers, powers);
            double sum = TensorPrimitives.Sum<float>(powers);
            weights += _weights[row];
            loss += _weights[row] * Math.Log(sum) - factor * _expected[row];
            slope += _weights[row] * TensorPrimitives.Dot<float>(powers, own) / sum - _expected[row];
        }

        return weights > 0 ? (loss / weights, slope / weights) : (0, 0);
    }

    /// <summary>The mean loss at a temperature with offsets, of rows that keep their targets.</summary>
    /// <param name="factor">1 over the temperature.</param>
    /// <param name="offsets">What is added to the logits over the temperature: one number for each output.</param>
    /// <param name="gradient">Receives the derivative by the factor, then those by the offsets.</param>
    /// <returns>Per unit of weight. NaN where a logit is not finite.</returns>
    public double At(double factor, ReadOnlySpan<double> offsets, Span<double> gradient)
    {
        var logits = CollectionsMarshal.AsSpan(_logits);
        var targets = CollectionsMarshal.AsSpan(_targets);
        var powers = new double[Classes];
        var (loss, weights) = (0.0, 0.0);
        gradient.Clear();
        for (var row = 0; row < _weights.Count; row++)
        {
            var own = logits.Slice(row * Classes, Classes);
            var target = targets.Slice(row * Classes, Classes);
            for (var k = 0; k < Classes; k++)
                powers[k] = factor * own[k] + (k < Classes - outputs ? 0 : offsets[k - Classes + outputs]);
            var largest = TensorPrimitives.Max<double>(powers);
            for (var k = 0; k < Classes; k++)
                loss -= target[k] == 0 ? 0 : target[k] * (powers[k] - largest);
            TensorPrimitives.Subtract(powers, largest, powers);
            TensorPrimitives.Exp<double>(powers, powers);
            var sum = TensorPrimitives.Sum<double>(powers);
            loss += _weights[row] * Math.Log(sum);
            weights += _weights[row];
            for (var k = 0; k < Classes; k++)
            {
                var difference = _weights[row] * powers[k] / sum - target[k];
                gradient[0] += difference * own[k];
                if (k >= Classes - outputs)
                    gradient[k - Classes + outputs + 1] += difference;
            }
        }

        TensorPrimitives.Divide(gradient, Math.Max(weights, double.Epsilon), gradient);
        return weights > 0 ? loss / weights : 0;
    }

    private void Halve()
    {
        _stride *= 2;
        var kept = 0;
        var logits = CollectionsMarshal.AsSpan(_logits);
        var targets = CollectionsMarshal.AsSpan(_targets);
        for (var row = 0; row < _weights.Count; row += 2, kept++)
        {
            logits.Slice(row * Classes, Classes).CopyTo(logits.Slice(kept * Classes, Classes));
            if (keepsTargets)
                targets.Slice(row * Classes, Classes).CopyTo(targets.Slice(kept * Classes, Classes));
            (_weights[kept], _expected[kept]) = (_weights[row], _expected[row]);
        }

        CollectionsMarshal.SetCount(_logits, kept * Classes);
        CollectionsMarshal.SetCount(_targets, keepsTargets ? kept * Classes : 0);
        CollectionsMarshal.SetCount(_weights, kept);
        CollectionsMarshal.SetCount(_expected, kept);
    }
}
