using Microsoft.ML.Regularization.Advice;
using Microsoft.ML.Regularization.Reports;
using Microsoft.ML.Regularization.Search;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What helps with models: see <see cref="RegularizationContext.Regularization"/>.</summary>
public sealed class RegularizationCatalog
{
    private readonly MLContext _ml;
    private readonly IHost _host;

    internal RegularizationCatalog(MLContext ml) => (_ml, _host) = (ml, ((IHostEnvironment)ml).Register(nameof(RegularizationCatalog)));

    internal MLContext Context => _ml;

    /// <summary>
    /// How much each column of rows matters to a model, the one that matters most first. Columns are those before the pipeline, so a category counts as one, however it is encoded. Columns that change
    /// no prediction are left out. Works for any trainer of ML.NET's that writes probabilities, scores of classes, or numbers.
    /// </summary>
    /// <param name="model">The model: what a pipeline gave when it was fitted, or a file.</param>
    /// <param name="data">Rows with labels that the model has not seen, as the pipeline takes them.</param>
    /// <param name="options">How to measure; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model does not predict, or there is no label, or no row with one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <example><code>
    /// foreach (var column in ml.Regularization().Importance(model, test))
    ///     Console.WriteLine($"{column.Name}: {column.Increase:0.000} ± {column.Deviation:0.000}");
    /// </code></example>
    public IReadOnlyList<ColumnImportance> Importance(ITransformer model, IDataView data, ImportanceOptions? options = null)
    {
        _host.CheckValue(model, nameof(model));
        _host.CheckValue(data, nameof(data));
        options ??= new ImportanceOptions();
        options.Validate(_host);
        return new ModelImportance(_host, _ml, model, options).Of(data);
    }

    /// <summary>
    /// Writes a report of a model into one HTML file that loads nothing from elsewhere: how good it is beside no model at all, how it learned, thresholds with their costs, whether its
    /// probabilities can be trusted, what it confuses or how far it is off, which columns matter, and a model card. It can be read on a phone, in light and dark, and printed.
    /// </summary>
    /// <remarks>
    /// The model may end in any trainer of ML.NET's that writes probabilities, scores of classes, or numbers. The learning curves, and what was regularized, are told of this library's.
    /// </remarks>
    /// <param name="model">The model: what a pipeline gave when it was fitted, or a file.</param>
    /// <param name="data">Rows with labels that the model has not seen, as the pipeline takes them.</param>
    /// <param name="path">The file. One that is there is replaced as a whole.</param>
    /// <param name="options">What to tell; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model does not predict, or there is no label, or no row with one; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="IOException">The file could not be written; the one that was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file cannot be written to; the file that was there is as it was.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is written.</exception>
    /// <example><code>
    /// ml.Regularization().Report(model, test, "report.html");
    /// </code></example>
    public void Report(ITransformer model, IDataView data, string path, ReportOptions? options = null)
    {
        _host.CheckValue(model, nameof(model));
        _host.CheckValue(data, nameof(data));
        _host.CheckNonWhiteSpace(path, nameof(path));
        options ??= new ReportOptions();
        options.Validate(_host);
        ModelReport.Write(new ModelReport(_host, _ml, model, options).Make(data), path);
    }

    /// <summary>
    /// Looks at a table as it is loaded, and advises how to learn from it: which columns to leave out, network, effort, recipe, how to split rows. Each piece of advice has its reason and the figure that
    /// it rests on. The result is text, C# that compiles, and the pipeline itself.
    /// </summary>
    /// <param name="data">Rows with labels: numbers, marks, texts, keys, vectors, images.</param>
    /// <param name="options">Which column is the label, and how much a fit may do; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no label column, no row or a single one, one class, no column that says anything; the message tells which.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <example><code>
    /// var advice = ml.Regularization().Advise(credits, new AdviceOptions { LabelColumnName = "Status" });
    /// Console.WriteLine(advice);
    /// var model = advice.Estimator(ml).Fit(credits);
    /// </code></example>
    public TrainingAdvice Advise(IDataView data, AdviceOptions? options = null)
    {
        _host.CheckValue(data, nameof(data));
        options ??= new AdviceOptions();
        options.Validate(_host);
        return TableAdvisor.Of(_host, data, options);
    }

    /// <summary>
    /// Looks at how a model was trained and what it predicts, and names what is wrong: rows that are shared, columns that leak, labels that are noise, a rate, a length or a recipe that is off, dead units,
    /// over- and underfitting, probabilities that cannot be trusted. Each finding has the figures that say so and the one change that promises most.
    /// </summary>
    /// <param name="model">A model that ends in a trainer of this library.</param>
    /// <param name="options">The rows that it was trained on, others, and the label; null goes by the history alone, which shows little.</param>
    /// <exception cref="ArgumentException">There is no network in the model, it has no history, or the rows are not those that its pipeline takes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <example><code>
    /// var diagnosis = ml.Regularization().Diagnose(model, new DiagnosisOptions { TrainingRows = split.TrainSet, ValidationRows = split.TestSet });
    /// Console.WriteLine(diagnosis);
    /// </code></example>
    public TrainingDiagnosis Diagnose(ITransformer model, DiagnosisOptions? options = null)
    {
        _host.CheckValue(model, nameof(model));
        options ??= new DiagnosisOptions();
        options.Validate(_host);
        return ModelDoctor.Examine(_host, _ml, model, options);
    }

    /// <summary>
    /// Searches for good options: architecture, regularization, anything that options set. The options as they were given come first, then the starts of the space, then what
    /// is drawn, by all that is known so far. Most trials are trained for a small share of their epochs, the best of them go on from their checkpoints.
    /// </summary>
    /// <remarks>
    /// The same seed, space, rows and budget of trials give the same model, bit for bit, wherever trials run and in whatever order they end, where all compute with the same number of
    /// threads. Under a budget of time it is the best that was found in it. A search that was killed goes on in its folder, and so does one whose budget is raised.
    /// </remarks>
    /// <param name="data">The rows, as the pipeline of the space takes them. Trials are compared by validation rows: see <see cref="NeuralNetworkOptions.ValidationFraction"/>.</param>
    /// <param name="space">What is varied.</param>
    /// <param name="budget">What it may cost.</param>
    /// <param name="options">How it goes about; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget or an option is out of its range, the space is empty, or the folder is of another search or in use.</exception>
    /// <exception cref="InvalidOperationException">All trials of the first round failed, or no worker could run one.</exception>
    /// <exception cref="IOException">The folder is gone, full or not to be written to; the message names the file, and what is in its journal is not lost.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was a model.</exception>
    /// <exception cref="TimeoutException">Its time was over before there was a model.</exception>
    /// <example><code>
    /// var space = new SearchSpace(new NeuralNetworkOptions { Architecture = NetworkArchitecture.ConvNet(32, 64) }, ml.MulticlassClassification.Trainers.NeuralNetwork)
    ///     .LogUniform("LearningRate", 1e-4, 1e-2, (options, value) => options with { LearningRate = value });
    /// var result = ml.Regularization().Search(rows, space, new SearchBudget { Time = TimeSpan.FromMinutes(20) });
    /// Console.WriteLine(result);
    /// </code></example>
    public SearchResult Search(IDataView data, SearchSpace space, SearchBudget budget, SearchOptions? options = null) =>
        Search(new TrialRunner(_ml, data, space), budget, options);

    /// <summary>Searches for good options with a runner that other processes have too: see <see cref="Search(IDataView, SearchSpace, SearchBudget, SearchOptions)"/>.</summary>
    /// <param name="runner">The rows and the space.</param>
    /// <param name="budget">What it may cost.</param>
    /// <param name="options">How it goes about; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget or an option is out of its range, the space is empty, or the folder is of another search or in use.</exception>
    /// <exception cref="InvalidOperationException">All trials of the first round failed, or no worker could run one.</exception>
    /// <exception cref="IOException">The folder is gone, full or not to be written to; the message names the file, and what is in its journal is not lost.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was a model.</exception>
    /// <exception cref="TimeoutException">Its time was over before there was a model.</exception>
    public SearchResult Search(TrialRunner runner, SearchBudget budget, SearchOptions? options = null)
    {
        _host.CheckValue(runner, nameof(runner));
        _host.CheckValue(budget, nameof(budget));
        options ??= new SearchOptions();
        budget.Validate(_host);
        options.Validate(_host);
        return new SearchEngine(_host, runner, budget, options).Run();
    }
}
