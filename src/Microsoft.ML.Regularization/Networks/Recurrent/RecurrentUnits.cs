using System.Collections.Concurrent;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Trained recurrent units of one direction in managed code: see <see cref="RecurrentLayer"/>. Their states are filled up with zeros to whole vectors, and a
/// step's numbers stand behind them, so that one product multiplies both.
/// </summary>
/// <param name="inputs">Numbers of a step.</param>
/// <param name="units">How many units there are.</param>
internal abstract unsafe class RecurrentUnits(int inputs, int units)
{
    protected const int Lane = 16;

    // Threads take memory and give it back.
    private readonly ConcurrentBag<StepMemory> _memories = [];

    /// <summary>Numbers of a state.</summary>
    public int Units => units;

    /// <summary>Units with those that are filled up.</summary>
    protected int Padded { get; } = (units + Lane - 1) / Lane * Lane;

    /// <summary>Numbers that a step computes for each row.</summary>
    protected abstract int Sums { get; }

    /// <summary>The trained units of a direction.</summary>
    public static RecurrentUnits Read(IExceptionContext context, NetworkWeights weights, string name, RecurrentDescription layer)
    {
        var tensors = RecurrentTensors.Read(context, weights, name, layer);
        return layer.Cell.Gates == 4 ? new LstmUnits(layer.Inputs, layer.Units, tensors) : new GruUnits(layer.Inputs, layer.Units, tensors);
    }

    /// <summary>Memory for so many sequences, before their first step.</summary>
    public StepMemory Take(int rows)
    {
        if (!_memories.TryTake(out var memory))
            memory = new StepMemory(Padded, inputs, Sums);
        memory.Clear(rows);
        return memory;
    }

    /// <summary>Gives memory back.</summary>
    public void Return(StepMemory memory) => _memories.Add(memory);

    /// <summary>Moves the first rows on by the step that stands behind their states.</summary>
    /// <param name="memory">The rows.</param>
    /// <param name="rows">How many of them.</param>
    public abstract void Step(StepMemory memory, int rows);

    /// <summary>Rows times the weights of gates, from their biases. A row gives the same bits alone as among others.</summary>
    protected static void Multiply(Matrix rows, PackedMatrix weight, float[] bias, Matrix sums)
    {
        if (rows.Rows == 1)
        {
            RowProduct.Compute(rows.RowSpan(0), weight, bias, sums.RowSpan(0));
            return;
        }

        fixed (float* start = bias)
            MatrixProduct.Compute(rows, weight, Matrix.Repeat(start, rows.Rows, weight.Columns), sums);
    }

    /// <summary>The weights of gates as a right factor: of the states, and below them of a step's numbers.</summary>
    /// <param name="firstGate">The first of the gates.</param>
    /// <param name="gates">How many.</param>
    /// <param name="recurrentWeight">(all gates * units, units); null for none.</param>
    /// <param name="inputWeight">(all gates * units, inputs); null for none.</param>
    protected PackedMatrix Pack(int firstGate, int gates, float[]? recurrentWeight, float[]? inputWeight)
    {
        var (columns, states) = (gates * Padded, recurrentWeight is null ? 0 : Padded);
        var depth = states + (inputWeight is null ? 0 : inputs);
        var factor = new float[depth * columns];
        if (recurrentWeight is not null)
            Fill(recurrentWeight, units, firstRow: 0);
        if (inputWeight is not null)
            Fill(inputWeight, inputs, states);
        fixed (float* elements = factor)
            return new PackedMatrix(new Matrix(elements, depth, columns));

        void Fill(float[] weight, int width, int firstRow)
        {
            for (var gate = 0; gate < gates; gate++)
            {
                for (var unit = 0; unit < units; unit++)
                {
                    var own = weight.AsSpan(((firstGate + gate) * units + unit) * width, width);
                    for (var i = 0; i < width; i++)
                        factor[(firstRow + i) * columns + gate * Padded + unit] = own[i];
                }
            }
        }
    }

    /// <summary>The biases of gates, filled up with zeros.</summary>
    protected float[] Pad(float[] biases, int firstGate, int gates)
    {
        var padded = new float[gates * Padded];
        for (var gate = 0; gate < gates; gate++)
            biases.AsSpan((firstGate + gate) * units, units).CopyTo(padded.AsSpan(gate * Padded));
        return padded;
    }
}
