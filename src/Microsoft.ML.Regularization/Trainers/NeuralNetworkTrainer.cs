using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The base of the neural network trainers: trains a network on rows. The trainer of each task adds its label and the scores of its model.
/// </summary>
/// <typeparam name="TTransformer">The transformer that scores.</typeparam>
/// <typeparam name="TModel">The model inside it.</typeparam>
public abstract class NeuralNetworkTrainer<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly TrainerSetup _setup;

    private protected NeuralNetworkTrainer(IHostEnvironment env, string loadName, LearningTask task, NeuralNetworkOptions options)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(options, nameof(options));
        _setup = new TrainerSetup(env, loadName, task, options);
    }

    /// <summary>The options this trainer was created with; options left null stay null.</summary>
    public NeuralNetworkOptions Options => _setup.Options;

    /// <summary>The requirements and capabilities that ML.NET asks trainers for.</summary>
    public TrainerInfo Info { get; } = TrainerTraits.OfNetworks();

    private protected IHost Host => _setup.Host;

    /// <summary>The columns of rows that are scored.</summary>
    /// <param name="inputSchema">The columns before the trainer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of a type that the trainer cannot read; the message names it.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => FitColumns.OutputsOf(_setup, inputSchema);

    /// <summary>Trains on rows.</summary>
    /// <param name="input">The training rows.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled before its first epoch was complete.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before the first epoch was complete.</exception>
    public TTransformer Fit(IDataView input) => Train(input);

    /// <summary>Trains on one set of rows and validates on another.</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="validationData">The validation rows; they take precedence over every other source of validation rows.</param>
    public TTransformer Fit(IDataView trainData, IDataView validationData) => Train(trainData, validationData);

    /// <summary>
    /// Continues training from the weights of a trained model, on the same or on other rows of the same columns: scaling of features and target is kept,
    /// while optimizer and schedule start from the beginning.
    /// </summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="previousModel">The model; the network must have the trainer's architecture, features and classes. It is not changed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model's network does not fit the trainer.</exception>
    public TTransformer Fit(IDataView trainData, TModel previousModel)
    {
        Host.CheckValue(previousModel, nameof(previousModel));
        return Train(trainData, previousModel: previousModel);
    }

    /// <summary>
    /// Continues training from the network inside a fitted or loaded model: see <see cref="Fit(IDataView, TModel)"/>. The rows must be as the trainer reads
    /// them, with its columns; <see cref="NeuralNetworkCatalog.ContinueTraining"/> takes rows before any transforms and returns the whole model.
    /// </summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="previousModel">A chain of transformers, or a single one; of several networks the last one is trained further. The given model does not change.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no network in the model, or it does not fit the trainer.</exception>
    /// <example><code>
    /// ITransformer model = ml.Model.Load("model.zip", out _);
    /// var trained = trainer.Fit(preparedRows, model);
    /// </code></example>
    public TTransformer Fit(IDataView trainData, ITransformer previousModel)
    {
        Host.CheckValue(previousModel, nameof(previousModel));
        return Train(trainData, previousModel: RequireNetwork(nameof(previousModel), previousModel));
    }

    /// <summary>
    /// The learning-rate range test: takes training steps whose learning rate rises from step to step, until all are done, or the smoothed loss is four times
    /// its best, and records how the loss changed (Smith, "Cyclical learning rates for training neural networks", 2017, section 3.3). The network it trains
    /// is discarded; the trainer does not change, and <see cref="NeuralNetworkOptions.LearningRate"/> and <see cref="NeuralNetworkOptions.Schedule"/> play no
    /// part. The same seed and rows give the same curve. Cancellation and time limit, which counts reading and scaling too, end it with the steps so far.
    /// </summary>
    /// <remarks>
    /// Use the suggestion as the constant rate or as the maximum of a schedule. It depends on optimizer, batch size and recipe, so test with those that you
    /// train with. Rows pass the transforms before the trainer first: <c>trainer.FindLearningRate(transforms.Fit(train).Transform(train))</c>.
    /// </remarks>
    /// <param name="data">The training rows; those set aside for validation are left out.</param>
    /// <param name="range">The rates to try. Default: null, 100 steps from 1e-6 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A member of the range is out of its bounds; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The test was cancelled before its first step.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before the first step.</exception>
    public LearningRateCurve FindLearningRate(IDataView data, LearningRateRange? range = null)
    {
        Host.CheckValue(data, nameof(data));
        return NetworkFit.TryRates(_setup, data, range ?? new LearningRateRange());
    }

    /// <summary>
    /// Trains the network's layers, all but the last one, on rows without labels, from which a fit on few labelled rows then starts: set
    /// <see cref="NeuralNetworkOptions.Pretrained"/> to the result. For <see cref="MlpArchitecture"/>, <see cref="ResidualMlpArchitecture"/>,
    /// <see cref="RealMlpArchitecture"/> and <see cref="TextTransformerArchitecture"/>; <see cref="NeuralNetworkOptions.Architecture"/> must be set.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The rows have the columns of features and categories that labelled rows have; labels and example weights play no part and may be missing. They are kept in
    /// memory or read again in every epoch, as those of a fit are. The same seed, rows and number of threads give the same weights, bit for bit. Rows that
    /// <see cref="HoldOutOptions">HoldOut</see> marks are measured on.
    /// </para>
    /// <para>
    /// The scales of numbers, what is filled in for missing ones, and the values that keys stand for are learned here and belong to the result: the fit takes them
    /// over, and refuses columns or options that are others. Keys are translated where both sides know what theirs stand for.
    /// </para>
    /// </remarks>
    /// <param name="data">The rows, with the transforms before the trainer applied.</param>
    /// <param name="options">How the network is trained. Default: null, <see cref="RegularizationRecipe.LargeScalePretraining"/> and the defaults of <see cref="PretrainingOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the network or a column is not one that can be pre-trained; the message names it.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or they are all alike.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its first epoch was complete.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before the first epoch was complete.</exception>
    /// <example><code>
    /// var options = new NeuralNetworkOptions { Architecture = NetworkArchitecture.RealMlp() };
    /// var weights = ml.Regression.Trainers.NeuralNetwork(options).Pretrain(allRows);
    /// var model = ml.Regression.Trainers.NeuralNetwork(options with { Pretrained = weights }).Fit(labelledRows);
    /// </code></example>
    public PretrainedWeights Pretrain(IDataView data, PretrainingOptions? options = null)
    {
        Host.CheckValue(data, nameof(data));
        return PretrainingFit.Run(_setup, data, options ?? new PretrainingOptions());
    }

    internal TModel RequireNetwork(string argument, ITransformer model) => ModelChain.RequireNetwork<TModel>(Host, argument, model);

    /// <summary>The model of a network, bound to the columns of rows that it scores.</summary>
    private protected abstract TTransformer MakeTransformer(TrainedNetwork network, DataViewSchema scored);

    private TTransformer Train(IDataView view, IDataView? validationSet = null, TModel? previousModel = null)
    {
        Host.CheckValue(view, nameof(view));
        var (network, scored) = NetworkFit.Run(_setup, view, validationSet, (previousModel as INetworkPredictor)?.Network);
        FittedColumns.Keep(network, Options);
        return MakeTransformer(network, scored);
    }
}
