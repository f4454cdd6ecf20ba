using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Refuses keys with more values than fit into memory, before anything is allocated for them.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Optimizer">Determines the state that is stored for each weight.</param>
/// <param name="BatchSize">Rows of a step, each with a number for each class.</param>
internal sealed record TrainingMemory(NetworkArchitecture Architecture, Optimizer Optimizer, int BatchSize) : INetworkCapacity
{
    // Weights, gradient, and the copies of the best epoch and of the model.
    private const int CopiesWithoutOptimizer = 4;

    // Targets, outputs and their gradient.
    private const int CopiesOfBatch = 3;

    // A batch may be larger than there are rows: where their number is not known, no more are counted on than the usual batch has.
    private const int UsualBatch = 64;

    /// <summary>That of a fit on so many rows, null where that is not known.</summary>
    public static TrainingMemory Of(NetworkArchitecture architecture, Optimizer optimizer, int batchSize, long? rows) =>
        new(architecture, optimizer, (int)Math.Min(batchSize, rows ?? UsualBatch));

    /// <summary>Bytes that this process can have.</summary>
    public double Available { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public string Name => Architecture.ToString();

    public NetworkInputs Takes => Architecture.Takes;

    public int MaxTokens => Architecture.MaxTokens;

    public bool KeepsLastToken => Architecture.KeepsLastToken;

    public int CountOf(IExceptionContext context, DataViewSchema.Column column) =>
        Check(context, column, ((KeyDataViewType)column.Type.ItemType()).Count, "a table with a vector for each needs", Architecture.TableWeights, batchRows: 0);

    public int OutputsOf(IExceptionContext context, DataViewSchema.Column label, ulong outputs, InputLayout input) =>
        Check(
            context,
            label,
            outputs,
            "the layer with an output for each needs",
            classes => Architecture.WeightsOf(input, classes) - Architecture.WeightsOf(input, 0),
            BatchSize);

    private int Check(
        IExceptionContext context, DataViewSchema.Column column, ulong values, string need, Func<double, double> weightsOf, int batchRows)
    {
        if (Fits(values))
            return (int)values;

        var bits = 31;
        while (bits > 1 && !Fits(1ul << bits))
            bits--;
        var weights = weightsOf(values);
        var limit = weights > NetworkArchitecture.MostWeights ? $"At most {NetworkArchitecture.MostWeights} weights fit into one tensor, and " : "";
        throw context.ExceptUserArg(
            column.Name,
            string.Create(CultureInfo.InvariantCulture, $"Column '{column.Name}' has {values} values: {need} {weights:0} weights, {Size(sizeof(float) * weights)}, ")
            + $"and to train it takes {Size(Needed(values))} with gradient, optimizer's state and copies. {limit}{Size(Available)} can be had here. "
            + $"{1ul << bits} values would fit: hash with numberOfBits: {bits}, or map with a maximumNumberOfKeys.");

        bool Fits(ulong count) => weightsOf(count) <= NetworkArchitecture.MostWeights && Needed(count) <= Available && count < int.MaxValue;

        double Needed(ulong count) =>
            sizeof(float) * (weightsOf(count) * (CopiesWithoutOptimizer + Optimizer.StatesPerWeight) + CopiesOfBatch * (double)batchRows * count);
    }

    private static string Size(double bytes) => bytes >= 1 << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 30):0.#} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):0.#} MB");
}
