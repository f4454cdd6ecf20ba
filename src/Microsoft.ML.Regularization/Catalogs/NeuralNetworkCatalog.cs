using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The neural network trainers.</summary>
public static class NeuralNetworkCatalog
{
    /// <summary>
    /// Trains a neural network that classifies rows, with the regularization of a recipe: see <see cref="NeuralNetworkMulticlassTrainer"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">Column of labels: a key or a vector of class probabilities.</param>
    /// <param name="featureColumnName">Column of features: a vector of float of known size; null for a table of categories alone.</param>
    /// <param name="exampleWeightColumnName">Column of example weights; null for none.</param>
    /// <param name="architecture">The network; null for that of the default effort: see <see cref="NeuralNetworkOptions.Effort"/>.</param>
    /// <param name="recipe">The regularization; null for the architecture's own: see <see cref="NeuralNetworkOptions.Recipe"/>.</param>
    /// <param name="maxEpochs">Passes over the training rows, at least 1; null for the architecture's own: see <see cref="NeuralNetworkOptions.MaxEpochs"/>.</param>
    /// <param name="learningRate">Step size of the optimizer, above 0; null for the architecture's own: see <see cref="NeuralNetworkOptions.LearningRate"/>.</param>
    /// <param name="batchSize">Rows in a training step, at least 1; null for the architecture's own: see <see cref="NeuralNetworkOptions.BatchSize"/>.</param>
    /// <param name="categoricalColumnNames">Columns of categories beside the features: keys, or vectors of keys; null for none.</param>
    /// <param name="validationSet">Rows to validate on; null for those that <c>HoldOut</c> or the trainer itself sets aside.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.Concatenate("Features", "Age", "Income")
    ///     .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(architecture: NetworkArchitecture.RealMlp()));
    /// </code></example>
    public static NeuralNetworkMulticlassTrainer NeuralNetwork(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string? featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null,
        NetworkArchitecture? architecture = null,
        RegularizationRecipe? recipe = null,
        int? maxEpochs = null,
        double? learningRate = null,
        int? batchSize = null,
        ValueList<string>? categoricalColumnNames = null,
        IDataView? validationSet = null) =>
        catalog.NeuralNetwork(Options(
            labelColumnName, featureColumnName, exampleWeightColumnName, architecture, recipe, maxEpochs, learningRate, batchSize, categoricalColumnNames, validationSet));

    /// <summary>Trains a neural network that classifies rows: see <see cref="NeuralNetworkMulticlassTrainer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static NeuralNetworkMulticlassTrainer NeuralNetwork(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, NeuralNetworkOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new NeuralNetworkMulticlassTrainer(CatalogUtils.GetEnvironment(catalog), options);
    }

    /// <summary>
    /// Trains a neural network for true and false, with the regularization of a recipe: see <see cref="NeuralNetworkBinaryTrainer"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">Column of labels: a boolean, or a vector of the probabilities of false and of true.</param>
    /// <param name="featureColumnName">Column of features: a vector of float of known size; null for a table of categories alone.</param>
    /// <param name="exampleWeightColumnName">Column of example weights; null for none.</param>
    /// <param name="architecture">The network; null for that of the default effort: see <see cref="NeuralNetworkOptions.Effort"/>.</param>
    /// <param name="recipe">The regularization; null for the architecture's own: see <see cref="NeuralNetworkOptions.Recipe"/>.</param>
    /// <param name="maxEpochs">Passes over the training rows, at least 1; null for the architecture's own: see <see cref="NeuralNetworkOptions.MaxEpochs"/>.</param>
    /// <param name="learningRate">Step size of the optimizer, above 0; null for the architecture's own: see <see cref="NeuralNetworkOptions.LearningRate"/>.</param>
    /// <param name="batchSize">Rows in a training step, at least 1; null for the architecture's own: see <see cref="NeuralNetworkOptions.BatchSize"/>.</param>
    /// <param name="categoricalColumnNames">Columns of categories beside the features: keys, or vectors of keys; null for none.</param>
    /// <param name="validationSet">Rows to validate on; null for those that <c>HoldOut</c> or the trainer itself sets aside.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.Concatenate("Features", "Age", "Income")
    ///     .Append(ml.BinaryClassification.Trainers.NeuralNetwork(architecture: NetworkArchitecture.RealMlp()));
    /// </code></example>
    public static NeuralNetworkBinaryTrainer NeuralNetwork(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string? featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null,
        NetworkArchitecture? architecture = null,
        RegularizationRecipe? recipe = null,
        int? maxEpochs = null,
        double? learningRate = null,
        int? batchSize = null,
        ValueList<string>? categoricalColumnNames = null,
        IDataView? validationSet = null) =>
        catalog.NeuralNetwork(Options(
            labelColumnName, featureColumnName, exampleWeightColumnName, architecture, recipe, maxEpochs, learningRate, batchSize, categoricalColumnNames, validationSet));

    /// <summary>Trains a neural network for true and false: see <see cref="NeuralNetworkBinaryTrainer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static NeuralNetworkBinaryTrainer NeuralNetwork(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, NeuralNetworkOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new NeuralNetworkBinaryTrainer(CatalogUtils.GetEnvironment(catalog), options);
    }

    /// <summary>
    /// Trains a neural network that predicts a number, with the regularization of a recipe: see <see cref="NeuralNetworkRegressionTrainer"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">Column of labels: a float.</param>
    /// <param name="featureColumnName">Column of features: a vector of float of known size; null for a table of categories alone.</param>
    /// <param name="exampleWeightColumnName">Column of example weights; null for none.</param>
    /// <param name="architecture">The network; null for that of the default effort: see <see cref="NeuralNetworkOptions.Effort"/>.</param>
    /// <param name="recipe">The regularization; null for the architecture's own: see <see cref="NeuralNetworkOptions.Recipe"/>.</param>
    /// <param name="maxEpochs">Passes over the training rows, at least 1; null for the architecture's own: see <see cref="NeuralNetworkOptions.MaxEpochs"/>.</param>
    /// <param name="learningRate">Step size of the optimizer, above 0; null for the architecture's own: see <see cref="NeuralNetworkOptions.LearningRate"/>.</param>
    /// <param name="batchSize">Rows in a training step, at least 1; null for the architecture's own: see <see cref="NeuralNetworkOptions.BatchSize"/>.</param>
    /// <param name="categoricalColumnNames">Columns of categories beside the features: keys, or vectors of keys; null for none.</param>
    /// <param name="validationSet">Rows to validate on; null for those that <c>HoldOut</c> or the trainer itself sets aside.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.Concatenate("Features", "Age", "Income")
    ///     .Append(ml.Regression.Trainers.NeuralNetwork(architecture: NetworkArchitecture.RealMlp()));
    /// </code></example>
    public static NeuralNetworkRegressionTrainer NeuralNetwork(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string? featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null,
        NetworkArchitecture? architecture = null,
        RegularizationRecipe? recipe = null,
        int? maxEpochs = null,
        double? learningRate = null,
        int? batchSize = null,
        ValueList<string>? categoricalColumnNames = null,
        IDataView? validationSet = null) =>
        catalog.NeuralNetwork(Options(
            labelColumnName, featureColumnName, exampleWeightColumnName, architecture, recipe, maxEpochs, learningRate, batchSize, categoricalColumnNames, validationSet));

    /// <summary>Trains a neural network that predicts a number: see <see cref="NeuralNetworkRegressionTrainer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static NeuralNetworkRegressionTrainer NeuralNetwork(
        this RegressionCatalog.RegressionTrainers catalog, NeuralNetworkOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new NeuralNetworkRegressionTrainer(CatalogUtils.GetEnvironment(catalog), options);
    }

    /// <summary>
    /// The neural network inside a fitted or loaded model: its task, architecture, recipe, history, weights, and what it was trained with. Of several the last one.
    /// </summary>
    /// <param name="model">A chain of transformers, or a single one.</param>
    /// <exception cref="ArgumentException">There is no neural network in the model.</exception>
    /// <example><code>
    /// foreach (var epoch in model.GetNeuralNetwork().History.Epochs)
    ///     Console.WriteLine($"{epoch.Epoch}: {epoch.TrainingLoss:0.000} {epoch.ValidationLoss:0.000}");
    /// </code></example>
    public static TrainedNetwork GetNeuralNetwork(this ITransformer model)
    {
        Contracts.CheckValue(model, nameof(model));
        return ModelChain.FindNetwork(model) ?? throw Contracts.ExceptParam(nameof(model), $"There is no neural network in the model, a {model.GetType().Name}. A model of groups has several: see GetGroups().");
    }

    /// <summary>
    /// Trains the network inside a fitted or loaded model on, and gives the whole model with the network as it is then. New rows pass the model's transforms
    /// before the network as they are: what they learned, such as key values, stays; a label that they do not know is missing, and its rows are left out.
    /// </summary>
    /// <remarks>
    /// Augmentations of the model's pipeline belong to the fit that they were made for and change nothing here; those of the trainer's recipe act. A threshold
    /// stays, and <see cref="MonteCarloTransformer"/> behind the network repeats the noise of the new one. What else learned from the old network's scores, such as a
    /// calibrator, stays as it is: fit it anew.
    /// </remarks>
    /// <param name="model">A chain of transformers, or a single one; of several networks the last one is trained further. The given model does not change.</param>
    /// <param name="data">New rows, with the columns that the model takes and the label.</param>
    /// <param name="trainer">How to train; its architecture and columns are those of the model.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no network in the model, or it is of another task, architecture or input than the trainer's.</exception>
    /// <example><code>
    /// ITransformer model = ml.Model.Load("model.zip", out var schema);
    /// var newer = model.ContinueTraining(newRows, ml.MulticlassClassification.Trainers.NeuralNetwork(maxEpochs: 10));
    /// ml.Model.Save(newer, schema, "newer.zip");
    /// </code></example>
    public static TransformerChain<ITransformer> ContinueTraining<TTransformer, TModel>(
        this ITransformer model, IDataView data, NeuralNetworkTrainer<TTransformer, TModel> trainer)
        where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        Contracts.CheckValue(model, nameof(model));
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckValue(trainer, nameof(trainer));
        return ModelChain.ContinueTraining(model, data, trainer);
    }

    /// <summary>The same model with another threshold; it shares the network, and the given one stays as it is.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A neural network's model of true and false.</param>
    /// <param name="threshold">Above which value rows are predicted true. A score is a logit: 0 means a probability of one half.</param>
    /// <param name="thresholdColumnName">The column that the threshold is of, <c>Score</c> or <c>Probability</c>; null for that of the model.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is no number, or the column is another one.</exception>
    /// <example><code>
    /// var careful = ml.BinaryClassification.ChangeModelThreshold(model, 0.2f, "Probability");
    /// </code></example>
    public static NeuralNetworkBinaryTransformer ChangeModelThreshold(
        this BinaryClassificationCatalog catalog, NeuralNetworkBinaryTransformer model, float threshold, string? thresholdColumnName = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        var env = CatalogUtils.GetEnvironment(catalog);
        env.CheckValue(model, nameof(model));
        env.CheckUserArg(!float.IsNaN(threshold), nameof(threshold), "The threshold is not a number.");
        thresholdColumnName ??= model.ThresholdColumnName;
        env.CheckUserArg(
            thresholdColumnName is DefaultColumnNames.Score or DefaultColumnNames.Probability,
            nameof(thresholdColumnName),
            $"A threshold is of column '{DefaultColumnNames.Score}' or '{DefaultColumnNames.Probability}', not '{thresholdColumnName}'.");
        return model.WithThreshold(threshold, thresholdColumnName);
    }

    private static NeuralNetworkOptions Options(
        string label,
        string? features,
        string? weight,
        NetworkArchitecture? architecture,
        RegularizationRecipe? recipe,
        int? maxEpochs,
        double? learningRate,
        int? batchSize,
        ValueList<string>? categories,
        IDataView? validationSet) => new()
        {
            LabelColumnName = label,
            FeatureColumnName = features,
            ExampleWeightColumnName = weight,
            Architecture = architecture,
            Recipe = recipe,
            MaxEpochs = maxEpochs,
            LearningRate = learningRate,
            BatchSize = batchSize,
            CategoricalColumnNames = categories ?? [],
            ValidationSet = validationSet,
        };
}
