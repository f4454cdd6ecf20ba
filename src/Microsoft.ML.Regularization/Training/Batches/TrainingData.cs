using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The rows that one run trains and validates on. Validation rows come from a validation set, else from the rows that
/// <see cref="HoldOutOptions"/> marked, else from a share of the training rows. Where rows are augmented, every epoch reads the view again and
/// sees fresh ones; else they are read once. The recipe's own augmentations come last, and never see validation rows.
/// </summary>
internal sealed class TrainingData
{
    private const string ValidationSetOption = "ValidationSet";
    private const string ValidationFractionOption = "ValidationFraction";

    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly IDataView _view;
    private readonly TrainingColumns _columns;
    private readonly RandomKey _key;
    private readonly AugmentationList? _augmentations;
    private bool _isAugmented;
    private IDataView _trainingView;
    private TrainingColumns _trainingColumns;
    private readonly HashSet<DataViewRowId> _validationIds = [];
    private bool _leavesMarkedRowsOut;
    private bool _hasValidationSet;
    private int _epochInTable = 1;
    private bool _isMixedInTable = true;

    public TrainingData(IHost host, IChannel channel, IDataView view, TrainingColumns columns, RandomKey key, AugmentationList? augmentations = null)
    {
        _augmentations = augmentations;
        (_trainingView, _trainingColumns) = (view, columns);
        _host = host;
        _channel = channel;
        _view = view;
        _columns = columns;
        _key = key.Derive("training data");
        _isAugmented = Upstream.Of(view).Any(upstream => upstream is IAugmentedView { DrawsAnew: true });
        Training = new RowTable(columns.FeatureCount, columns.Task.TargetSize);
        Validation = new RowTable(columns.FeatureCount, columns.Task.TargetSize);
    }

    /// <summary>What there is to learn.</summary>
    public LearningTask Task => _columns.Task;

    public string LabelColumnName => _columns.Label.Name;

    public RowTable Training { get; private set; }

    public RowTable Validation { get; private set; }

    /// <summary>Rows of the first pass that could not be used.</summary>
    public long SkippedRows { get; private set; }

    /// <summary>Tells the rows of the first pass from those of other data sets.</summary>
    public DataFingerprint Fingerprint { get; } = new();

    /// <summary>Tells the rows of a validation set from others.</summary>
    public DataFingerprint ValidationFingerprint { get; } = new();

    /// <summary>Reads the first epoch's rows and sets the validation rows aside.</summary>
    /// <param name="validationSet">Validation rows of their own, or null.</param>
    /// <param name="fraction">The share of training rows to validate on where nothing else says; 0 for none.</param>
    public void Load(IDataView? validationSet, double fraction)
    {
        AugmentationNotices.Report(_channel, _view);
        var ids = new List<DataViewRowId>();
        _leavesMarkedRowsOut = _columns.Mark is not null && validationSet is null;
        using (var reader = Open(_view, _columns, epoch: 1))
        {
            while (reader.MoveNext())
            {
                Fingerprint.Add(reader);
                if (_leavesMarkedRowsOut && reader.IsHeldOut)
                {
                    Validation.Add(reader);
                    continue;
                }

                Training.Add(reader);
                ids.Add(reader.Id);
            }

            SkippedRows = reader.SkippedForFeatures + reader.SkippedForLabel;
            ReportSkipped(reader, "training");
        }

        if (Training.Count == 0)
        {
            if (Validation.Count > 0)
                throw _host.ExceptUserArg(nameof(HoldOutOptions.Fraction), $"HoldOut marked all {Validation.Count} usable rows: lower its Fraction.");

            throw _host.Except(SkippedRows > 0
                ? $"No usable training rows: all {SkippedRows} have features in column '{_columns.Features.Name}' that are not finite "
                    + $"or a missing label in column '{_columns.Label.Name}'."
                : "There are no training rows: the data view is empty.");
        }

        _hasValidationSet = validationSet is not null;
        if (validationSet is not null)
            LoadValidationSet(validationSet);
        else if (!_leavesMarkedRowsOut && fraction > 0)
        {
            if (Upstream.Of(_view).OfType<IAugmentedView>().FirstOrDefault(augmented => augmented.RepeatsRows) is { } pairs)
            {
                throw _host.ExceptUserArg(ValidationFractionOption, string.Create(
                    CultureInfo.InvariantCulture,
                    $"ValidationFraction is {fraction}, but {pairs.AugmentationName} writes rows more than once, and one of several alike would validate "
                    + $"another. Put ml.Transforms.HoldOut before {pairs.AugmentationName}, or give a ValidationSet."));
            }

            AugmentationNotices.ReportAugmentedValidation(_channel, _view);
            SetFractionAside(fraction, ids);
        }

        if (_leavesMarkedRowsOut && Validation.Count == 0)
            throw _host.ExceptUserArg(nameof(HoldOutOptions.Fraction), $"HoldOut marked none of {Training.Count} rows: raise its Fraction.");
        Augment();
        CheckWeights();
        Task.CheckLabels(_host, LabelColumnName, Training, Validation);
    }

    /// <summary>
    /// Puts the validation rows among the training rows, for good. False where they are of a set of their own, and stay apart.
    /// </summary>
    public bool TryMergeValidation()
    {
        if (Validation.Count == 0 || _hasValidationSet)
            return false;

        _leavesMarkedRowsOut = false;
        _validationIds.Clear();
        Validation.Clear();
        Read(epoch: 1);
        return true;
    }

    /// <summary>Makes <see cref="Training"/> hold the rows of the epoch, numbered from 1.</summary>
    public void BeginEpoch(int epoch, bool isMixed = true)
    {
        if (_isAugmented && (epoch != _epochInTable || isMixed != _isMixedInTable))
            Read(epoch, isMixed);
    }

    /// <summary>Puts the recipe's augmentations behind the rows that are trained on.</summary>
    private void Augment()
    {
        if (_augmentations is not { Count: > 0 })
            return;

        if (_validationIds.Count > 0)
            _trainingView = HoldOutView.Create(_host, _trainingView, _validationIds.Contains);
        for (var i = 0; i < _augmentations.Count; i++)
        {
            var options = _augmentations[i];
            options.GetTrainingShape(_host, SchemaShape.Create(_trainingView.Schema));
            CheckColumns(options);
            _trainingView = options.CreateTrainingView(_host, _trainingView, options.Seed ?? _key.Derive("augmentation").Derive((ulong)i).ToSeed());
        }

        _trainingColumns = _columns.In(_host, _trainingView.Schema);
        _isAugmented = Upstream.Of(_trainingView).Any(upstream => upstream is IAugmentedView { DrawsAnew: true });
        Read(epoch: 1);
    }

    // What changes a column that is not read does nothing, or half of what it should.
    private void CheckColumns(AugmentationOptions options)
    {
        var read = _columns.All().Select(column => column.Name).ToList();
        var written = options.Bind(_host, _trainingView).Outputs.Select(output => output.Name);
        if (!options.IsIdentity && written.FirstOrDefault(name => !read.Contains(name)) is { } unread)
        {
            throw _host.ExceptUserArg(
                nameof(RegularizationRecipe.Augmentations),
                $"Augmentations holds {options.Name}, which changes column '{unread}', "
                + $"but this trainer reads {string.Join(", ", read.Select(name => $"'{name}'"))}.");
        }
    }

    private void Read(int epoch, bool isMixed = true)
    {
        (_epochInTable, _isMixedInTable) = (epoch, isMixed);
        Training.Clear();
        using var reader = Open(_trainingView, _trainingColumns, epoch, isMixed);
        while (reader.MoveNext())
        {
            if (!(_leavesMarkedRowsOut && reader.IsHeldOut) && !_validationIds.Contains(reader.Id))
                Training.Add(reader);
        }
    }

    private RowReader Open(IDataView view, TrainingColumns columns, int epoch, bool isMixed = true)
    {
        var seed = _key.Derive((ulong)epoch).ToSeed();
        return new(_host, view, columns, !_isAugmented ? null : isMixed ? new Random(seed) : new UnmixedPass(seed));
    }

    private void LoadValidationSet(IDataView view)
    {
        var columns = _columns.In(_host, view.Schema);
        if (columns.FeatureCount != _columns.FeatureCount || columns.Task.TargetSize != _columns.Task.TargetSize)
        {
            var (theirClasses, ourClasses) = Task.HasClasses ? ($" and {columns.Task.TargetSize} classes", $" and {Task.TargetSize}") : ("", "");
            throw _host.ExceptUserArg(
                ValidationSetOption,
                $"The validation set has {columns.FeatureCount} features{theirClasses}, the training set {_columns.FeatureCount}{ourClasses}.");
        }

        if (columns.Input.Layout != _columns.Input.Layout)
        {
            throw _host.ExceptUserArg(
                ValidationSetOption, $"The validation set has {columns.Input.Layout}, the training set {_columns.Input.Layout}.");
        }

        if (Task.ClassNames is { } expected && columns.Task.ClassNames is { } names && !names.SequenceEqual(expected))
        {
            var index = names.Zip(expected).TakeWhile(pair => pair.First == pair.Second).Count();
            throw _host.ExceptUserArg(
                ValidationSetOption,
                $"Column '{columns.Label.Name}': class {index + 1} of the validation set is '{names[index]}', that of the training set '{expected[index]}'. "
                + "Map both labels to keys by one fitted transformer.");
        }

        using var reader = new RowReader(_host, view, columns, rand: null);
        while (reader.MoveNext())
        {
            ValidationFingerprint.Add(reader);
            Validation.Add(reader);
        }

        ReportSkipped(reader, "validation");
        if (Validation.Count == 0)
            throw _host.ExceptUserArg(ValidationSetOption, "The validation set has no usable rows.");
    }

    /// <summary>
    /// Takes the share from each class, at least one row and not all of them, by the rows' ids, so that every pass sets the same rows aside. All
    /// rows of a regression are of one class here.
    /// </summary>
    private void SetFractionAside(double fraction, List<DataViewRowId> ids)
    {
        var key = _key.Derive("validation fraction");
        var chosen = Enumerable.Range(0, Training.Count)
            .GroupBy(row => Task.HasClasses ? Training.MostProbableClass(row) : 0)
            .SelectMany(rows => rows
                .OrderBy(row => new KeyedStream(key, ids[row]).NextDouble())
                .Take(rows.Count() == 1 ? 0 : Math.Clamp((int)Math.Round(fraction * rows.Count()), 1, rows.Count() - 1)))
            .ToHashSet();

        var rest = new RowTable(_columns.FeatureCount, _columns.Task.TargetSize);
        for (var row = 0; row < Training.Count; row++)
        {
            if (chosen.Contains(row))
                _validationIds.Add(ids[row]);
            (chosen.Contains(row) ? Validation : rest).Add(Training, row);
        }

        Training = rest;
    }

    private void CheckWeights()
    {
        if (Training.WeightSum == 0)
            throw _host.Except($"Column '{_columns.Weight!.Value.Name}': all example weights are 0.");
        if (Validation.Count > 0 && Validation.WeightSum == 0)
            throw _host.Except($"Column '{_columns.Weight!.Value.Name}': all example weights of the {Validation.Count} validation rows are 0.");
    }

    private void ReportSkipped(RowReader reader, string purpose)
    {
        if (reader.SkippedForFeatures > 0)
            _channel.Warning($"Skipped {reader.SkippedForFeatures} {purpose} rows whose features in column '{_columns.Features.Name}' {reader.WhyUnusable}.");
        if (reader.CutRows > 0)
        {
            _channel.Warning(
                $"Cut {reader.CutRows} {purpose} rows in column '{_columns.Features.Name}' to their first {_columns.FeatureCount} tokens: "
                + "raise MaximumLength to read more of them.");
        }

        if (reader.SkippedForLabel > 0)
            _channel.Warning($"Skipped {reader.SkippedForLabel} {purpose} rows whose label in column '{_columns.Label.Name}' is missing.");
    }
}
