"""Words that tell names from titles: given names of many languages, family names of scripts without spaces, teams.

Evidence, never a gate: a name that is not here is read by its shape and by the names around it.
Latin words are folded (no accents, lower case).
"""

from __future__ import annotations

GIVEN = frozenset(
    """
    aaron abdul abdullah abel abhinav abhishek abigail abraham ada adam adarsh adeline aditi aditya adnan adria
    adrian adriana adrien agata agnes agnieszka ahmad ahmed aidan aisha aishwarya ajay akash akhil akiko akira
    akshay alain alan alba albert alberto aleksander aleksandr aleksandra aleksei alena alessandra alessandro
    alessio alex alexa alexander alexandra alexandre alexandros alexei alexey alexis alfonso alfred alfredo ali
    alice alicia alina alireza alisa alison alistair allan allen allison alma alon alvaro alyssa amal amanda amir
    amit amparo amy ana anand anastasia anatoly anders andre andrea andreas andrei andres andrew andrey andrzej andy
    angel angela angeliki angelika angelos anil anirudh anita anjali ankit ankur ann anna annabel anne annette
    annika anthony antoine anton antonella antonia antonio antonios anubhav anurag anya aravind archana ari ariel
    arijit arjun arman armin arnaud arnold arsen art artem arthur arturo arun arvind aryan asaf ashish ashley ashok
    ashwin asma astrid athanasios aude audrey august augusto aurelie aurelien austin ava avi avinash avraham axel
    aya ayan ayesha ayse babak balaji barbara barry bart bartosz basil bastian beatrice beatriz ben benedikt
    benjamin benoit bernard bernardo bernd bernhard bert bertrand beth betty bhavesh bianca bilal bill bjorn blair
    blake bo bob bogdan boris brad bradley brandon brenda brendan brent brett brian brice bridget brooke bruce bruno
    bryan caio caitlin calvin cameron camila camille carl carla carlo carlos carmen carol carolina caroline carolyn
    carsten casey catarina caterina catherine cathy cecilia cedric celia celine cem cesar chandra chang chao
    charalampos charilaos charles charlie charlotte chen cheng chenyang chi chiara chiyuan chloe chong chris christa
    christian christiane christina christine christoph christophe christopher christos chuan chun chung cindy claire
    clara clark claude claudia claudio claus clement cole colin connor conor conrad constantin constantinos cory
    craig cristian cristiano cristina cynthia cyril cyrus daisuke dale damian damien dan dana daniel daniela daniele
    danielle danil danilo danny dario darius darren dave david davide dawn dean debbie deborah deepa deep deepak
    deirdre demetrios denis denise dennis derek desmond devi dhruv diana diane diego dieter dietrich dilip dimitra
    dimitri dimitrios dimitris dina dinesh dirk divya djordje dmitri dmitry dolores dominic dominik dominique don donald
    donna doris dorothy doug douglas duncan dustin dylan eduard eduardo edgar edith edmund eduardo edward edwin
    efrat ehsan eileen einar eitan ekaterina elad elaine elena eleni eleonora eli elias elif elisa elisabeth elise
    elissa eliza elizabeth ella ellen elliot elliott elsa elvis emanuel emanuele emil emilia emilie emilio emily
    emma emmanuel emmanuelle emre enrico enrique eric erica erich erick erik erika erin ernest ernesto erwin esra
    esteban esther ethan eugene eugenia eugenio eun eva evan evangelos evelyn evgeny ewa eyal ezra fabian fabio
    fabien fabrice fang farah farhad fatih fatima fatma faisal federica federico fei felipe felix feng ferdinand
    fernanda fernando fiona flavia flavio florence florent florian frances francesca francesco francis francisco
    francois francoise frank franz fred frederic frederick frederik fredrik fritz gabriel gabriela gabriele
    gabriella gang gareth garrett gary gaurav gautam gavin gemma geoff geoffrey georg george georges georgia
    georgios gerald gerard gerardo gerhard german gianluca gideon gil gilbert gilles gina giorgio giorgos giovanni
    giovanna girish giulia giulio giuseppe glen glenn gloria gonzalo gopal gordon gottfried govind grace graham greg
    gregor gregory greta grigoris guang guido guilherme guillaume guillermo gunnar guo gurpreet gustav gustavo guy
    hadi haibin haim hamid han hanna hannah hannes hans hao harald hari harish harold harriet harrison harry harsh
    haruki harvey hasan hassan heather hector heidi heike heiko heinrich heinz helen helena helene helge helga
    helmut hendrik henri henrik henrique henry herbert herman hermann hideki hila hilary himanshu hiroaki hiroki
    hiroshi hisashi hong hongyi hongyu horst howard hua huan hubert hugh hugo hui hung hussein hyun ian ibrahim ida
    ido ignacio igor ijeoma ilan ilaria ilias ilya imran ines inga ingo ingrid ioanna ioannis ion irena irene irina
    iris isaac isabel isabella isabelle ishaan ismail israel itai ivan ivana ivo jaap jack jackson jacob jacqueline
    jacques jae jaewoong jagadish jaime jakob jakub james jamie jan jana jane janet janez janice janine jared jason
    jasper javier jay jayanth jean jeff jeffrey jenna jennifer jenny jens jeremy jeroen jerome jerry jesper jesse
    jessica jesus jia jian jianfeng jiang jiajun jiawei jie jill jim jimmy jin jing jingyi jiri jitendra jiyoung
    joachim joan joana joanna joao joaquin jochen joe joel joelle johan johann johanna johannes john johnny jon
    jonas jonathan jong jongho jordan jordi jorg jorge jorgen jose josef joseph josep josephine josh joshua josiah
    joy joyce juan juanita judith judy juergen julia julian juliana julie julien juliette julio julius jun june jung
    junhyuck juraj jurgen justin justine kai kangwook karan karel karen karim karin karina karl karla karolina
    karthik kartik kaspar kate katerina katharina katherine kathleen kathryn kathy katie katja katrin kavita kay
    kazuki kazuo keisuke keith kelly kelvin ken kenichi kenji kenneth kenta kerry kerstin kevin khaled khalid kieran
    kim kimberly kin kirill kirsten kishore klaus koen koji kostas kourosh kris krishna kristen kristian kristin
    kristina krzysztof kumar kun kunal kurt kwame kwang kyle kyoko kyung kyunghyun lachlan laila lakshmi lalit
    lambert lance lara larry lars laszlo laura lauren laurence laurent lawrence lea leah lee leif leila lena lennart
    leo leon leonard leonardo leonid leonidas leonie leslie lester lev levi lewis li lia liam liang lianhui lidia
    liliana lillian lily lin linda lindsay linus lionel lior lisa liu livia liz lloyd lois long lorenzo lorenz
    lorraine lothar lotte lou louis louisa louise luc luca lucas lucia lucian luciana luciano lucie lucy ludovic
    ludwig luigi luis luisa luiz lukas lukasz luke luo lydia lyle lynn maarten madeleine madeline madhu magdalena
    magnus maha mahdi mahesh mahmoud mahmud maja majid malcolm malik malte manfred manish manoj manolis manuel
    manuela mara marc marcel marcello marcelo marcin marco marcos marcus margaret margarita margherita maria mariam
    marian mariana marianne marie marina mario marion marios marisa marius mariya marjan mark markus marlene marta
    martha martijn martin martina marvin mary maryam masahiro masaki masashi massimo masoud mateo mateusz mathias
    mathieu mathilde matilda matt matteo matthew matthias matthieu matti maurice mauricio mauro max maxim maxime
    maximilian maya megan mehdi mehmet mehrdad mei meir melanie melissa mengdi mercedes meredith mia micah michael
    michaela michal michel michela michele michelle miguel mihai mihaela mika mikael mike mikel mikhail mikolaj
    milan milena milica min mina ming minh mirela miriam miroslav mitchell mitsuru moez mohamed mohammad mohammed
    mohan mohit mohsen moira molly mona monica monika moritz moses moshe muhammad mukesh murat murray mustafa nabil
    nadav nadia nadine naoki naomi narayan naresh natalia natalie natasha nathalie nathan nathaniel nathalia navid
    nayoung neal neha neil nelson nicholas nick nicola nicolai nicolas nicole nicoletta nidhi nigel nihal niki
    nikhil nikita niklas niko nikola nikolai nikolaos nikolas nikolay nikos nils nina ning nir niraj nisha nishant
    nitin noah noam noel nora norbert noriko norma norman nuno octavian odile ofer oguz okan olaf ole oleg olga
    oliver olivia olivier olof omar omer omid ong ophelia oren oriol orlando oscar oskar osman otto owen pablo paige
    pamela panagiotis pankaj paola paolo paolina parisa partha pascal pascale pasquale patrice patricia patricio
    patrick patrik paul paula pauline paulo pavel pawel payam pearl pedro peggy pei peng penny per percy peter petr
    petra petros phil philip philipp philippe phillip phoebe pier pierre pieter pietro ping pinar piotr piyush pooja
    prabhat pradeep prakash pranav prasad prashant prateek pratik praveen preeti priya priyanka punit qi qian qiang
    qing quentin quoc rachel radu rafael rafal raffaele raghav raghu rahul rainer raj raja rajan rajat rajeev rajesh
    rajiv rakesh ralf ralph ram rama ramesh ramin ramon ramona ran randall randy ranjan ranjit rao raphael raquel
    rashid rasmus raul ravi ray raymond rayna rebecca reem regina reinhard reinhold rekha rene renata renato renee
    renjie reuben reza ricardo riccardo rich richard rick rita ritesh rob robert roberta roberto robin rocio
    roderick rodney rodrigo roger rohan rohit roi roland rolf roman romain ron ronald ronan ronen rong ronny rosa
    rosalind rosario rose rosemary ross rowan roxana roy ruben ruchi rudolf rui ruiqi runa rupert rushil russell
    ruth ryan ryo ryota sabina sabine sabrina sachin saeed sahil said saikat saket salim salman salvador salvatore
    sam saman samantha sameer samir samuel samy sandeep sandra sandro sandy sanjay sanjeev sanjiv santiago santosh
    sara sarah sarath sascha sasha satish satoshi saul saurabh scott sean sebastian sebastien selim selma senthil
    seok sepp serena serge sergei sergey sergio seth seung shai shaikh shang shannon shantanu shao sharad sharon
    shashank shashi shaun shawn sheila shelly shen sheng shengchao shi shigeru shih shikha shimon shin shinji
    shirley shiv shiva shivam shivani shreya shri shu shuang shubham shun shuo siddharth sid sidney siegfried sigrid
    silke silvia simon simona simone sina slava smita snehal sofia solomon sonali song sonia sonja sophia sophie
    soren soumya spencer spyros sridhar srinivas srinivasan stacey stacy stan stanislav stanley stavros stefan
    stefania stefano steffen stella stephan stephane stephanie stephen steve steven stuart su subhash sudhir sue
    suhas sujay sukumar sultan suman sumit sun sung sunil sunita suresh surya susan susana susanna susanne suzanne
    sven svetlana swati sydney sylvain sylvia sylvie syed tadashi tae takashi takeshi takuya tal tamar tamara tamas
    tammy tania tanja tanmay tanvi tanya tao tara taro tatiana tatyana taylor ted teresa teruo terence terrence
    terry thanh thea theo theodor theodora theodore theodoros theresa thierry thijs thilo thomas thorsten tiago tian
    tiffany tilman tim timo timothy tina ting tobias toby todd tom tomas tomasz tomer tomislav tommaso tommy tomoko
    toni tony torsten toshiaki tracy travis trevor tristan tuan tyler ulf uli ulrich ulrike uma umar umberto umesh
    urs ursula uwe uzi vadim vaibhav valentin valentina valeria valerie valerio vanessa varun vasilis vasileios
    vasily vassilis vera verena veronica veronika vicente vicky victor victoria vidya vijay vikas vikram viktor
    viktoria vinay vincent vincenzo vineet vinod viola violeta virginia vishal vishnu vitaly vittorio vivek vivian
    vivienne vlad vladimir volker volkan waleed walter wanda wang wei wen wendy werner wes wilfried wilhelm will
    willem william wilson winston wolfgang wonjun xavier xi xia xiang xiao xiaoming xiaoyu xin xing xinyi xu xuan
    xue yael yair yan yang yannick yannis yanping yao yaron yash yasmin yasmine yasuhiro yasushi yejin yi yichen
    yifan yin ying yingcong yiming yinon yitzhak ylva yoav yogesh yoko yolanda yong yonghui yoram yoshihiro yoshua
    yosuke young yousef youssef yu yuan yuanzhi yuchen yue yuki yukiko yun yunus yuri yuriy yusuf yutaka yuval yves
    yvette yvonne zach zachary zahra zara zeynep zhao zheng zhenyu zhi zhiyuan zhong zhou ziv ziyang zoe zoltan
    zoran zsolt zubin zuzana chidi chinedu ngozi oluwaseun tunde kofi kwabena abena sipho thabo tendai wanjiru
    adaeze emeka babajide folake yaw thandiwe nomsa lerato mamadou fatou aminata ousmane moussa awa
    """.split()
)
"""Given names, folded."""

HAN_FAMILY = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧"
    "蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鐘谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊"
    "秦邱江尹薛闫阎閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯常温溫康施牛樊葛邢安齐"
    "齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢"
    "单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古"
    "吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔"
    "边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺"
)
"""One-character Chinese family names, simplified and traditional; most Korean ones in Han are among them."""

HAN_COMPOUND_FAMILY = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 东方 東方 慕容 令狐 皇甫 公孙 公孫 尉迟 端木 南宫 夏侯".split()
)
"""Chinese family names of two characters."""

JAPANESE_FAMILY = frozenset(
    """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 斉藤
    齋藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 中嶋 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木
    坂本 福田 太田 西村 藤井 金子 岡本 藤原 中野 三浦 原田 中川 松田 竹内 小野 田村 中山 和田 石田 森田 上田 原 内田
    柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本
    河野 上野 野口 武田 松井 千葉 岩崎 菅原 木下 久保 佐野 野村 松尾 市川 菊地 菊池 古川 杉本 島田 桜井 水野 高野
    吉川 山内 西田 西川 北村 安田 五十嵐 川口 平田 川崎 飯田 本田 東 久保田 吉村 中田 沢田 澤田 岩田 川上 土屋 矢野
    辻 秋山 小松 望月 大西 松下 樋口 熊谷 永井 服部 石原 大橋 松岡 菊川 馬場 荒木 大島 黒田 尾崎 奥村 関 関口 浅野
    岩本 永田 堀 堀内 福島 須藤 星野 大久保 川村 小池 田口 中西 片山 早川 横田 鎌田
    """.split()
)
"""The most frequent Japanese family names."""

HANGUL_FAMILY = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류"
    "나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국"
) | frozenset(["남궁", "황보", "제갈", "선우", "독고", "사공"])
"""Korean family names."""

CASELESS_GIVEN = frozenset(
    """
    محمد أحمد احمد علي حسن حسين عبد عبدالله عمر خالد يوسف إبراهيم ابراهيم مصطفى محمود سعيد سارة فاطمة مريم نور ليلى
    زينب رضا مهدي امير سعید علی דוד יוסף משה אברהם יעקב שרה רחל מיכל יעל נועה אבי רון גיא עומר איתי תמר דניאל अमित
    राहुल राज सुनील अनिल विजय संजय प्रिया नेहा पूजा अंजलि रवि मोहन राम सीता गीता सुरेश रमेश दीपक आशा
    """.split()
)
"""Given names in scripts that have neither capitals nor a sign of a word's end."""

TEAMS = frozenset(
    """
    openai deepseek deepseek-ai nvidia qwen gemini gemma anthropic microsoft google meta apple amazon ibm cohere
    mistral mistralai mistral-ai minimax internlm llama huggingface eleutherai bigscience bytedance tencent alibaba
    baidu xai moonshot stepfun kimi glm chatglm baichuan opendatalab opengvlab allenai ai2 stabilityai salesforce
    databricks mosaicml deepmind samsung huawei intel adobe snowflake writer inflection reka adept sakana liquid
    nous falcon tii zhipu skywork hunyuan seed kwai kuaishou xiaomi meituan olmo nllb lcm cern nasa nist atlas cms
    alice lhcb ligo virgo icecube
    """.split()
)
"""Organisations that sign papers with one word, folded."""

EXPERIMENTS = frozenset(
    """
    aleph alice amanda amiga antares atlas babar belle besiii bicep bicep/keck bicep2 borexino cdf chime chime/frb
    clas cms compass cosine-100 cresst cta ctao cuore d0 dampe darkside dayabay delphi des desi dune eboss edelweiss eht
    eso euclid exo-200 fermi fermi-lat gaia gerda gluex h.e.s.s. h1 hawc hermes hess hitomi icarus icecube juno k2k
    kagra kamland kascade katrin km3net koto l3 legend lhaaso lhcb ligo lisa lofar lsst lux lux-zeplin lz macho
    magic majorana meerkat microboone minerva miniboone minos moedal na48 na61/shine na62 na64 nanograv nemo-3 nexo
    nova nustar ogle opal opera pamela pandax pandax-4t pandax-ii phenix pico planck polarbear sdss ska sno sno+
    sphenix spt star super-kamiokande t2k taiga tess totem tunka unions veritas virgo wmap xenon xenon100 xenon1t
    xenonnt xmm zeus
    """.split()
)
"""Experiments whose "Collaboration" signs, folded."""
