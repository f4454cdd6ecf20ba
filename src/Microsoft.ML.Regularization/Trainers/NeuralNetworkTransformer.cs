using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The base of the transformers of trained networks. They read and score rows ahead in blocks: the first block is a single row, and each further one is twice
/// as long as the one before, up to 768 rows. Order, ids and values of rows are those of the source; a row that cannot be read is an error when it is
/// reached. A prediction engine scores row by row.
/// </summary>
/// <typeparam name="TModel">The model inside it.</typeparam>
public abstract class NeuralNetworkTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>, ITransformer, INetworkTransformer
    where TModel : class
{
    private protected NeuralNetworkTransformer(IHost host, TModel model, DataViewSchema trainSchema, string? featureColumnName)
        : base(host, model, trainSchema, featureColumnName)
    {
    }

    private protected NeuralNetworkTransformer(IHost host, ModelLoadContext ctx)
        : base(host, ctx)
    {
    }

    /// <summary>Scores rows, lazily: while they are read, and only where a score is asked for.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than in training; the message names it.</exception>
    public new IDataView Transform(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        return new LookAheadView(Host, new BoundScorer((RowToRowScorerBase)Scorer.ApplyToData(Host, input)), ((INetworkPredictor)Model).Network, FeatureColumnName);
    }

    /// <summary>The columns of rows that are scored, from the columns of rows to score.</summary>
    /// <param name="inputSchema">The columns of the rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of another type than in training, or of keys of other values; the message names it.</exception>
    public new DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return Transform(new EmptyDataView(Host, inputSchema)).Schema;
    }

    ITransformer INetworkTransformer.WithNetwork(TrainedNetwork network) => Of(network);

    /// <summary>The same transformer of another network.</summary>
    private protected abstract ITransformer Of(TrainedNetwork network);

    /// <summary>Binds a model that was read to the columns it was trained on.</summary>
    /// <exception cref="FormatException">It does not fit them.</exception>
    private protected TScorer Loaded<TScorer>(Func<TScorer> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException exception)
        {
            throw Host.ExceptDecode(exception, $"The network of the model file does not fit the columns it was trained on: {exception.Message}");
        }
    }

    private protected RoleMappedSchema TrainRoles(string? labelColumnName = null) => new(TrainSchema, labelColumnName, FeatureColumnName);

    private protected static VersionInfo Version(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: 0x00010001, // Initial
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: loaderSignature,
        loaderAssemblyName: typeof(TrainedNetwork).Assembly.FullName);
}
