"""Words that titles of papers have and names hardly ever have. Evidence, never a gate."""

from __future__ import annotations

TITLE_WORDS = frozenset(
    """
    abstraction access accuracy acid acids action actions activation activity adaptation adapter adapters advances
    adversaries agent agents agreement aggregation algebra algebras algorithm algorithms alignment allocation
    analysis annotation annotations answers anxiety application applications approach approaches approximation
    approximations arithmetic array arrays art articles aspects assembly assessment assignment asteroids asymmetry
    atlas atom atoms attack attacks attention attractors audio augmentation autism autoencoder autoencoders automata
    autonomy avalanches averaging backdoor backgrounds backpropagation bandit bandits bar barriers base batch
    batteries battery bayes bayesian beam beams behavior behaviors behaviour behaviours belief beliefs benchmark
    benchmarking benchmarks benefit benefits bias biases binary binding bits black blocks blood bodies body bone
    boson bosons bottleneck bottlenecks bound boundaries bounds brain brains budget bulk cache calibration cancer
    cancers capabilities capability capacity capital carbon care cascades case cases catalysis causality cavity cell
    cells center chain chains challenge challenges chance change channel channels chaos charge chatbot chatbots
    checkpoints chemistry chest children choice chromosome circuit circuits cities citizens city class classes
    classification classifier classifiers climate clock clouds cluster clustering clusters code codebook coding
    coefficients cognition coherence cohort collapse collection collisions color colors combinatorics communication
    communications communities comparison competition complex complexes complexity component components
    compositionality compounds compression computation computations computer computers computing concentration
    concept concepts condensates condensation conditions conductivity conflict confinement conjecture conjectures
    connections consciousness consensus consequences consistency constant constants constraint constraints
    construction constructions consumption contamination content contents context contexts contraction contrast
    control controller controllers convergence conversation conversations cooperation coordinates core cores corpora
    corpus correction corrections correlation correlations cortex cosmology cost costs counterexample
    counterexamples counterfactuals coupling couplings covariance coverage creativity crisis criteria critique
    crystal crystals culture curriculum curvature curve curves cycle cycles damage data database databases dataset
    datasets death debate decay decays decision decisions decoder decoders decoding decomposition deconvolution
    defect defects defense defenses deficits definition deformation deformations degradation degree degrees delay
    delays deletion delivery demand dementia demonstrations density dependence depression depth descent design
    designs detection detector detectors determinants development device devices diabetes diagnosis diagnostics
    diagram diagrams dialogue dictionaries dictionary diet difference differences differentiation diffusion dilemma
    dimension dimensions directions discovery discrimination discourse disease diseases disorder disorders
    disparities dispersion distance distances distillation distribution distributions divergence diversity dna
    documents domain domains dose double drift drug drugs duality dust dynamics earth earthquakes ecology economics
    economy ecosystem ecosystems edge edges education effect effectiveness effects efficacy efficiency efforts
    electricity electrodynamics electron electronics electrons element elements elites embedding embeddings
    emergence emission emissions emotion emotions empire encoder encoders encoding encryption end energy engineering
    ensemble ensembles entanglement entropy environment environments enzyme enzymes epidemic epidemics epidemiology
    equation equations equilibria equilibrium equity era error errors estimate estimates estimation estimator
    estimators ethics evaluation evaluations event events everywhere evidence evolution exam examples exchange
    excitation excitations expansion expansions expectation expectations experience experiment experiments expert
    experts explanation explanations exploration exposure expression expressions extension extensions extraction
    eyes face faces factor factors failure failures fairness families family fate fault faults feature features
    feedback fermions fiber fibers field fields film films filter filtering filters finance finetuning fine-tuning
    flame flames flavor flight flow flows fluctuations fluid fluids food force forces forecast forecasting forecasts
    forest forests forgetting formalism formation forms formula formulas formulation foundation foundations fraction
    fractions frame frames framework frameworks fraud free freedom frequencies frequency friction front frontier
    frontiers function functional functionals functions fusion future galaxies galaxy game games gap gaps gas gate
    gates gauge gene generalisation generalization generation generations generator generators genes genetics genome
    genomes genomics geometry glass glasses goals government gradient gradients grammar grammars graph graphene
    graphics graphs gravity grid grids ground group groups growth guarantees guidance guide guidelines hallucination
    hallucinations handbook hardness hardware heads health hearing heart heat heterogeneity hierarchies hierarchy
    history homes homology horizon horizons hospital hospitals human humanities humans hypergraphs hyperparameters
    hypertension hypotheses hypothesis idea ideas identification identifiability identities identity image imagery
    images imaging immunity impact impacts implementation implementations implications importance improvement
    improvements incentives index indices individuals industry inequalities inequality infection infections
    inference inflation influence information infrastructure inhibition inhibitors initialization innovation input
    inputs insights instabilities instability instance instances instantons instructions instruments insulator
    insulators insurance integers integral integrals integration integrity intelligence interaction interactions
    interface interfaces interference internet interpolation interpretability interpretation interpretations
    intervals intervention interventions introduction invariance invariant invariants inverse inversion
    investigation ions isolation issues iteration judges judgments jump junctions justice kernel kernels kinetics
    knots knowledge label labels labor landscape landscapes language languages laser lasers lattice lattices law
    laws layer layers leakage learner learners learning lemma length lens lenses lessons level levels library life
    lifetime light likelihood limit limitations limits line linguistics links liquid liquids list literacy
    literature liver load locality localization logic logics look loop loops loss losses lung machine machines
    magnetism management manifold manifolds manifesto manipulation map mapping mappings maps margin margins market
    markets mask masks mass masses matching material materials mathematics matrices matrix matter matters meaning
    measure measurement measurements measures mechanics mechanism mechanisms media mediation medicine melanoma
    membrane membranes memories memorization memory merger mergers message messages metabolism metal metals
    metamaterials method methodology methods metric metrics mice microbiome microscopy migration mind minima
    minimization mirror mixing mixture mixtures mobility modalities mode model modeling modelling models modes
    modularity module modules moduli molecule molecules moments momentum monitoring monopoles mortality motion
    motions motivation movement movements muscle music mutation mutations names nature navigation necessary need
    needs negotiation network networking networks neuroimaging neuron neurons neuroscience neutrino neutrinos news
    night nodes noise norm normalization norms note notes nuclei nucleosynthesis nucleus number numbers nutrition
    obesity object objects observation observations ocean oceans one ontologies ontology operation operations
    operator operators opinion opinions opportunities optics optima optimisation optimization optimizer optimizers
    oracle oracles orbitals orbits order ordering orders organization organizations orientation origin origins
    oscillations oscillator oscillators outcome outcomes outliers output outputs overview oxide oxides oxygen
    packing pain paper paradigm paradigms paradox parallelism parameter parameters parsing part particle particles
    partition partitions parts past path pathway pathways patient patients pattern patterns people perception
    performance permutations personality persons perspective perspectives perturbation perturbations phase phases
    phenomena philosophy phonons photon photonics photons physics pipeline pipelines pixels place plan planet
    planets planning plants plasma plasmas platform play pockets points poetry polarization policies policy politics
    pollution polymer polymers polynomial polynomials pooling populations portfolios positions potential potentials
    power practice practices precision predicates prediction predictions predictor predictors preference preferences
    pregnancy presence pressure pressures prevalence prevention prices pricing primer priming principle principles
    prior priors privacy prize probabilities probability probes problem problems procedure procedures process
    processes processing processor processors product production products profile profiles prognosis program
    programming programs progress projection projections promise prompt prompting prompts proof proofs propagation
    properties property proposal prospects protein proteins protocol protocols proton protons pruning psychology
    publications puzzle puzzles quality quantization quantum quark quarks quasars query question questions race
    radiation radiotherapy radicals random randomness range rank ranking rankings rate rates ratio rationality
    reaction reactions reading realism reality reasoning receptor receptors recession recipe recognition
    recommendation recommendations reconstruction reconstructions record records recovery recursion reduction
    reductions reflection reform refugees region regions registration regression regret regularity regularization
    regulation reinforcement relation relations relationship relationships relativity relaxation relevance
    reliability religion renormalization repair replay replication reply report reports representation
    representations reproducibility requirements research reservoirs residuals resilience resistance resolution
    resonance resonances resource resources response responses responsibility results retention retinopathy
    retrieval return returns review reviewers reviews revisited revolution reward rewards rights rigidity rings risk
    risks river rivers robot robotics robots robustness rock role roles room rotation routing rule rules safety
    sales sample samples sampling satellite satellites scale scales scaling scans scattering scene scenes schedule
    schedules scheduling schema schizophrenia school schools science sciences scientists scope score scores scratch
    screen screening search searches season section sections security sediments segmentation selection self
    semantics semiconductor semiconductors sensing sensitivity sensor sensors sentences sentiment separation
    sequence sequences series server servers service services set sets setting settings sex shape shapes sharing
    sheet shift shifts shock shocks shot side sight sigma signal signaling signals signature signatures similarity
    simulation simulations simulator singularities singularity site sites size sizes skills sleep societies software
    soil solid solids soliton solitons solution solutions solver solvers sound source sources space spaces span
    sparsity species spectra spectrometer spectroscopy spectrum speech speed sphere spheres spin spins sports spread
    squares stability stage stages standard star stars state statement states statistics status steel stellar step
    steps stimulation stimuli stochasticity storage storms stories story strain strains strategies strategy
    stratification stream streams stress string strings stroke structure structures struggle student students
    studies study style subgraphs subgroups subjects sublimation subspace subspaces success sufficient suicide
    summaries summarization summary sum superconductivity superconductor superconductors supergravity supernova
    supernovae supersymmetry supervision support suppression surface surfaces surgery surprise surveillance survey
    surveys survival sustainability swarm swarms switch symbols symmetries symmetry symptoms synapses
    synchronization syndrome syntax synthesis system systems table tables task tasks taxonomy teachers teaching
    technique techniques technologies technology temperature temperatures templates tensor tensors term terms test
    testing tests text texts textures theorem theorems theories theory therapies therapy thermodynamics things
    thinking thought thoughts threat threats threshold thresholds ticket tickets time times tissue tissues today
    tokenization tokenizer tokens tomography tool tools topic topics topology torus toxicity tracking tract trade
    trade-off trade-offs tradeoff tradeoffs traffic training trajectories trajectory transcription transcripts
    transfer transform transformation transformations transformer transformers transforms transistors transition
    transitions translation transmission transparency transplantation transport trap traps travel treatment
    treatments tree trees trends trial trials triangle triangles trust truth tumor tumors tumours tuning turbulence
    tutorial twins type types uncertainties uncertainty understanding unification uniqueness universality universe
    universes unlearning update updates urban usage use user users utility vaccination vaccine vaccines vacuum
    validation validity value values variability variable variables variance variants variation variations varieties
    variety vectors vehicle vehicles velocities velocity verification version vertices vibrations video videos view
    views violence virus viruses vision visualization voice vortices voting vulnerability war wars waste water
    watermark watermarking watermarks wave wavelets waves weak weather web weight weights welfare wells wind women
    word words work workflow workflows workload workloads workplace world worlds writing years yield zeros zones
    adaptive adversarial artificial autonomous better bilingual bio biological causal chemical classical clinical
    cognitive combinatorial communication-efficient computational conditional contextual continuous contrastive
    convex critical cross deep differential digital discrete distributed dynamic dynamical early economic effective
    efficient electric electronic empirical equivariant exact explainable exponential extreme fast faster federated
    few-shot finite foundation fundamental general generalized generative genetic geometric global good graphical
    hard heterogeneous hidden hierarchical high high-dimensional holographic hybrid hyperbolic imbalanced improved
    in-context incremental infinite integrated intelligent interactive invariants iterative joint large large-scale
    latent linear local logical long low-rank low-resource macroscopic magnetic massive medical microscopic minimal
    mobile modern molecular multi-agent multilingual multimodal multiple multivariate natural neural new noisy
    nonlinear novel nuclear online open optical optimal parallel partial physical possible practical pre-trained
    pretrained pretraining primordial private probabilistic programmable provable public pure quantitative reliable
    retrieval-augmented robust scalable secure self-supervised semantic semi-supervised sequential simple single
    social sparse spatial spectral statistical stochastic strong structural supervised symbolic synthetic temporal
    thermal topological toward towards transferable turbulent two unified universal unsupervised variational virtual
    visual zero-shot about after against all also among an and are as at based be been before behind being beneath
    better between beyond but by can could did do does during each even every everything for from get given has have
    having how if in inside instead into is it its just know learn learns less let like made make makes making
    matter may mean means meet meets more most much must nearly not nothing now of off on only or other our out over
    rather really reach should since so some still such tell than that the their them then there these they this
    those through thus to together too under until up upon use uses using versus via vs was we well were what when
    where whether which while who whom whose why will with within without would yet you your
    """.split()
)
"""Nouns that end titles, adjectives and function words, folded."""

FUNCTION_WORDS = frozenset(
    """
    a about above across after against all along among an and are around as at based be because been before behind
    being below between both but by can could did do does during each every few for from had has have having how if
    in inside into is it its like may might more most must near no nor not of off on only onto or our out over per
    should since so some such than that the their them then there these they this those through throughout to toward
    towards under until up upon using versus via vs was we were what when where which while who whose why will with
    within without would your auf aus bei das dem den des die durch ein eine einer eines für im ist mit nach über
    und vom von zum zur au aux avec chez dans des du est et la le les ou par pour sur un une con del della delle
    dello degli en es gli il las los nel nella para per por sobre sul sulla una uno y voor het een met van op bij
    uit naar
    """.split()
)
"""Words that no title ends in. Some of them are name particles too."""

TITLE_PREFIXES = frozenset(
    """
    anti auto bi bio co cost counter cross data de deep double edge end energy few fine graph hand hard high hyper
    inter intra ion large long low machine macro many meta micro mid mini mixed model more multi nano near neuro non
    object one open out over point post pre quasi real re self semi short single small soft space state sub super
    task text three time top trans tree two ultra un under user vision weak well wide world x zero
    """.split()
)
"""First parts of compound words of titles: Self-Supervised."""

CAMEL_WORDS = frozenset(
    """
    FrameNet FrameNets VerbNet PropBank WordNets SemEval BioNLP SemCor OntoNotes CoNLL GermaNet BabelNet ConceptNet
    RankSVM LibSVM HuBERT RoBERTas SpeechLLM LLMs VLMs MLLMs WebGPT DataComp OpenWebText RedPajama StarCoder CodeGen
    CodeX DeepWalk AlphaCode AlphaGeometry AlphaStar MuJoCo OpenFold RoseTTAFold ColabFold ESMFold BigBench
    TruthfulQA CommonsenseQA StrategyQA MedQA VideoQA MATLAB MapReduce AutoEncoder AutoEncoders WiFi AdaBoost
    AdaGrad AdaLoRA AlphaFold AlphaGo AlphaZero AlphaFold2 AlphaFold3 ArXiv AstroPy AutoGPT AutoML BatchNorm BigGAN
    BigQuery BioBERT BibTeX CatBoost ChatGLM ChatGPT CodeBERT CodeLlama CommonCrawl ControlNet CoQA CycleGAN DeBERTa
    DeepFake DeepFakes DeepMind DeepSeek DeepSpeed DenseNet DistilBERT DreamBooth DreamFusion EfficientNet ELMo
    FastText FlashAttention GeLU GeV GHz GitHub GloVe GraphQL GraphSAGE HotpotQA IceCube ImageNet InfoGAN InfoNCE
    InstructGPT JavaScript KataGo LaBSE LaMDA LangChain LaTeX LayerNorm LightGBM LinkedIn LLaMA LoRA LoRAs MaxSAT
    MeerKAT MeV MHz MiniGPT MobileNet MoCo MoE MongoDB MovieLens MuZero MySQL NeRF NeRFs NoSQL NumPy OpenAI OpenCV
    OpenMP OpenStreetMap OpenReview PageRank PaLM PeV PointNet PostgreSQL PubMed PyTorch QLoRA ReLU ResNet RoBERTa
    SciBERT SciPy SimCLR SoftMax SQuAD StableDiffusion StarCraft StyleGAN SwiGLU SymPy TensorFlow TeV TeX TikTok
    TriviaQA TypeScript UniProt VeLO WaveNet WeChat WhatsApp WikiData WikiText WordNet WordPress XGBoost XLNet
    YouTube ZeRO arXiv bioRxiv eBay eROSITA fMRI iPad iPhone keV kHz lncRNA mRNA mRNAs miRNA miRNAs medRxiv scRNA
    siRNA tRNA vLLM CoT CoVs PbPb LHCb BaBar QoS IoT IoU SoC MoS VaR HfO BiSe RAdam DoReMi DeepXDE DuckDB NetKet
    AdaFactor TransE TransR RotatE ComplEx DistMult PySCF PyMC PyMOL FEniCS AiiDA OpenFOAM OpenMM OpenMPI OpenACC
    OpenCL OpenGL OpenSSL OpenStack CockroachDB RocksDB LevelDB InfluxDB DynamoDB MariaDB NewSQL SQLite FoundationDB
    GraphCast GenCast FourCastNet ClimaX CheXNet CheXpert EchoNet MedGemma PaliGemma TxGemma CodeGemma ShieldGemma
    RFdiffusion ProteinMPNN AutoDock AlphaProof AlphaEvolve AlphaTensor AlphaDev AlphaMissense MuLan MusicLM AudioLM
    AudioPaLM VideoGPT ImageGPT WavLM VideoMAE DreamerV3 PyBullet RoboCup GelSight DeepLab DeepLabV3 RandLA
    CenterNet RetinaNet SqueezeNet ShuffleNet GhostNet AlexNet GoogLeNet ResNeXt ResNets DenseNets ConvNet ConvNets
    ConvNeXt EfficientDet SegFormer SegNet DeiT BEiT CoCa ALBEF VisualBERT ViLBERT LXMERT CamemBERT mBERT TinyBERT
    MobileBERT BERTScore ColBERT SimCSE SciERC DocVQA TextVQA ScanNet ShapeNet ModelNet ObjectNet TinyImageNet
    MiniImageNet CelebA SayCan GraphRAG LangGraph AutoGen MetaGPT HuggingGPT BabyAGI SmolLM SmolLM2 OpenELM CogVLM
    InternVL MiniCPM BitNet QuIP AdaRound SparseGPT SmoothQuant DiLoCo FedAvg FedProx AdamW AdaBelief GeForce
    FastMRI TabNet TabPFN CausalML EconML DoWhy ProbLog MiniZinc CompCert CakeML GaAs InAs GaN InP InSb AlGaAs
    InGaAs SiC SiGe ZnO TiO WSe WTe NbSe FeSe BiFeO LaAlO SrTiO LiFePO PbTe CdSe CdTe HgTe SnSe MgO NiO CeO MnO HeLa
    NaCl CaCO LiH mTOR mAbs ncRNA rRNA snRNA cDNA dsDNA ssDNA shRNA sgRNA gRNA piRNA circRNA CaMKII GnRH
    """.split()
)
"""Words with a capital in the middle that titles end in, as written."""

PRODUCT_TAILS = frozenset(
    """
    agent agents align arena attack bank base bench bert bot bots box cap chat chi cloud clust code coder crawl
    crowd cut data det diff doc drive drop edit eval face field flow flows fold former formers forge fuse fuzz gate
    gen gen3d gpt graph guard hash how hub kit lab lake lens lib link lite loc loop map mark match max mem mesh mine
    miner mix mixer ml morph motion nav nerf net nets notes opt pack pad path phone plan play point pool pose post
    prompt prop prune quant query rank rec router scale scan scope score search seek seg sense set shop shot sim
    sort space splat stream sum summ suite svm tab tag tok track trans tree tune verse view vision vote walk ware
    watch web wise word world zero zoo
    """.split()
)
"""What names of systems end in, as in FaceNet, folded: in "FaceNetLou Reed" the title does not end before it."""

CASELESS_ENDINGS = tuple(
    """
    研究 方法 分析 算法 模型 系统 系統 网络 網路 网路 学习 學習 识别 識別 综述 綜述 应用 應用 技术 技術 设计 設計
    实现 實現 检测 檢測 优化 框架 理论 理論 问题 問題 影响 影響 进展 機制 机制 策略 评估 评价 预测 控制 生成 推理
    挖掘 计算 仿真 探讨 思考 現状 现状 路径 关系 關係 演化 特征 結構 结构 の研究 について 手法 検討 提案 評価 開発
    構築 解析 推定 認識 生成モデル 考察 応用 学習 予測 最適化 연구 분석 방법 모델 시스템 기법 학습 인식 알고리즘
    설계 구현 적용 고찰 평가 예측 최적화 개발 영향 효과
    """.split()
)
"""What titles end in where nothing but a name's own letters tells where it begins."""
